package dev.windlass.runtime.boundary;

/// The layout of a function record: what a funcref points at. Offsets in bytes.
public final class FunctionRecord {
    /// Native code, 0 until there is some.
    public static final int CALL = 0;

    /// The context of the owning instance, 0 for a host function.
    public static final int CONTEXT = 8;

    /// The id of the canonical type ([dev.windlass.wasm.DefType#id()]), 32 bits.
    public static final int TYPE_ID = 16;

    /// The function's number in its store, 32 bits.
    public static final int NUMBER = 20;

    /// A power of two, so that no record lies on two cache lines.
    public static final int SIZE = 32;

    private FunctionRecord() {}

    /// Fills the record of a function that has no native code.
    public static void fill(long record, long context, int typeId, int number) {
        Raw.putLong(record + CONTEXT, context);
        Raw.putInt(record + TYPE_ID, typeId);
        Raw.putInt(record + NUMBER, number);
    }
}
