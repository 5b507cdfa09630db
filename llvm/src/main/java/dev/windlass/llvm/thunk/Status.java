package dev.windlass.llvm.thunk;

/// What `wl_enter` returns.
public final class Status {
    /// The function returned.
    public static final int RETURNED = 0;

    /// A trap that the store's state describes.
    public static final int TRAPPED = 1;

    /// A Java throwable is on its way.
    public static final int THROWN = 2;

    /// As above, a WebAssembly exception, which a handler may catch.
    public static final int EXCEPTION = 3;

    private Status() {}
}
