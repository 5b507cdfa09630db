package dev.windlass.runtime;

/// A valid module that uses what no engine here executes; the message says what.
public final class UnsupportedModuleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnsupportedModuleException(String message) {
        super(message);
    }
}
