package dev.windlass.wasi;

/// The guest's `proc_exit`, on its way to whoever started the guest. Has no stack trace.
public final class ProcExit extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int code;

    public ProcExit(int code) {
        super("exit " + Integer.toUnsignedString(code), null, false, false);
        this.code = code;
    }

    /// The exit code, as the guest gave it.
    public int code() {
        return code;
    }
}
