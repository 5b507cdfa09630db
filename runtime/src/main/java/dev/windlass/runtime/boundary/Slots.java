package dev.windlass.runtime.boundary;

/// The slots of the boundary: 64 bits a value, two for v128 (low half first). A writer stores all
/// eight bytes, i32 sign-extended; a reader of an i32 or f32 takes the low half and never trusts the
/// upper. Arguments lie from a base address upward; result k replaces argument k.
public final class Slots {
    /// Bytes of a slot.
    public static final int SIZE = 8;

    private Slots() {}

    public static int getI32(long slots, int slot) {
        return Raw.getInt(slots + (long) slot * SIZE);
    }

    public static long getI64(long slots, int slot) {
        return Raw.getLong(slots + (long) slot * SIZE);
    }

    public static float getF32(long slots, int slot) {
        return Raw.getFloat(slots + (long) slot * SIZE);
    }

    public static double getF64(long slots, int slot) {
        return Raw.getDouble(slots + (long) slot * SIZE);
    }

    public static void putI32(long slots, int slot, int value) {
        Raw.putLong(slots + (long) slot * SIZE, value);
    }

    public static void putI64(long slots, int slot, long value) {
        Raw.putLong(slots + (long) slot * SIZE, value);
    }

    public static void putF32(long slots, int slot, float value) {
        Raw.putLong(slots + (long) slot * SIZE, Float.floatToRawIntBits(value));
    }

    public static void putF64(long slots, int slot, double value) {
        Raw.putLong(slots + (long) slot * SIZE, Double.doubleToRawLongBits(value));
    }
}
