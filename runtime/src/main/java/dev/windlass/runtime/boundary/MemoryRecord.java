package dev.windlass.runtime.boundary;

/// The layout of a memory's record, the only place where its length lives. Offsets in bytes.
public final class MemoryRecord {
    public static final int BASE = 0;

    /// Length in bytes; of a shared memory read with acquire semantics or after a failed check.
    public static final int LENGTH = 8;

    public static final int SIZE = 16;

    private MemoryRecord() {}
}
