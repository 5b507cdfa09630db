package dev.windlass.llvm.binding;

/// LLVM cannot be used here. The message is one line for users: the reason and what to do.
public final class LlvmUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LlvmUnavailableException(String message) {
        super(message);
    }
}
