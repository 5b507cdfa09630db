package dev.windlass.runtime.boundary;

/// The layout of a table's record. Elements are 64-bit references. Offsets in bytes.
public final class TableRecord {
    public static final int BASE = 0;

    /// Length in elements.
    public static final int LENGTH = 8;

    public static final int SIZE = 16;

    private TableRecord() {}
}
