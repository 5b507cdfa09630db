package dev.windlass.wasm;

/// A table type.
///
/// @param element [ValType] bits of a reference type
/// @param limits in elements
/// @param is64 whether indices are i64
public record TableType(int element, Limits limits, boolean is64) {
    /// The type of indices: [ValType#I64] or [ValType#I32].
    public int addressType() {
        return is64 ? ValType.I64 : ValType.I32;
    }
}
