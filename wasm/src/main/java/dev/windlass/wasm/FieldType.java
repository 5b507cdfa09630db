package dev.windlass.wasm;

/// A field of a structure, or the elements of an array.
///
/// @param storage [ValType] bits, packed types included
/// @param mutable whether it can be set
public record FieldType(int storage, boolean mutable) {
    /// The type of the value on the stack: i32 for packed fields.
    public int unpacked() {
        return isPacked() ? ValType.I32 : storage;
    }

    public boolean isPacked() {
        return storage == ValType.I8 || storage == ValType.I16;
    }
}
