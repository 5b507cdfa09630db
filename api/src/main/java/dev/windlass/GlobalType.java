package dev.windlass;

/// The type of a global.
///
/// @param mutable whether it can be set
public record GlobalType(ValueType type, boolean mutable) implements ExternType {
    dev.windlass.wasm.GlobalType lower() {
        return new dev.windlass.wasm.GlobalType(type.bits(), mutable);
    }

    @Override
    public String toString() {
        return mutable ? "(mut " + type + ")" : type.toString();
    }
}
