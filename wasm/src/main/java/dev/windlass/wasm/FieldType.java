package dev.windlass.wasm;

/// A field of a structure, or the elements of an array.
///
/// @param storage [ValType] bits, packed types included
/// @param mutable whether it can be set
public record FieldType(int storage, boolean mutable) {
    private static final FieldType[] PLAIN = new FieldType[0x100];

    static {
        for (int i = 0; i < PLAIN.length; i++) {
            PLAIN[i] = new FieldType(i & 0x7F, i >= 0x80);
        }
    }

    /// A field type, shared where it is a number, a vector or packed: there may be very many.
    public static FieldType of(int storage, boolean mutable) {
        boolean isPlain = (storage & ~0x7F) == 0;
        return isPlain ? PLAIN[storage | (mutable ? 0x80 : 0)] : new FieldType(storage, mutable);
    }

    /// The type of the value on the stack: i32 for packed fields.
    public int unpacked() {
        return isPacked() ? ValType.I32 : storage;
    }

    public boolean isPacked() {
        return storage == ValType.I8 || storage == ValType.I16;
    }
}
