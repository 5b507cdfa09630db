package dev.windlass.runtime.boundary;

/// The functions that compiled code finds through its context's table: what only the process that
/// runs it can supply. Ids are append-only and pinned by a test.
public enum NativeHelper {
    /// `int (host call id, context, slots)`: calls the host.
    UPCALL(0),
    /// The system's `memmove`.
    MEMMOVE(1),
    /// The system's `memset`.
    MEMSET(2);

    private final int id;

    NativeHelper(int id) {
        this.id = id;
    }

    /// Where it is in the table, in bytes.
    public int offset() {
        return 8 * id;
    }
}
