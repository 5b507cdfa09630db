package dev.windlass.runtime;

/// The JVM was started with native access denied; the message says what to add.
public final class NativeAccessException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    public NativeAccessException(String message) {
        super(message);
    }
}
