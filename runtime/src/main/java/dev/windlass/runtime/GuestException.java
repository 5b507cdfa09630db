package dev.windlass.runtime;

/// A WebAssembly exception on its way up: through Java callers as this, to a handler in a guest as
/// the [ExceptionInstance] in it.
public final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient ExceptionInstance exception;

    public GuestException(ExceptionInstance exception) {
        super("uncaught exception", null, false, false);
        this.exception = exception;
    }

    public ExceptionInstance exception() {
        return exception;
    }
}
