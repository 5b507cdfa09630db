package dev.windlass.llvm.worker;

import dev.windlass.llvm.binding.LlvmException;

/// No worker can be started, or every one is lost at once.
public final class WorkerUnavailableException extends LlvmException {
    private static final long serialVersionUID = 1;

    WorkerUnavailableException(String message) {
        super(message);
    }
}
