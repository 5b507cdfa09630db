package dev.windlass.llvm.binding;

/// LLVM refused or failed; the message has its words.
public class LlvmException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public LlvmException(String message) {
        super(message);
    }
}
