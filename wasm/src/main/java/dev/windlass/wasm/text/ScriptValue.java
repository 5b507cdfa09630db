package dev.windlass.wasm.text;

/// A constant argument in a script. Floats are their bits.
public sealed interface ScriptValue {
    record I32(int value) implements ScriptValue {}

    record I64(long value) implements ScriptValue {}

    record F32(int bits) implements ScriptValue {}

    record F64(long bits) implements ScriptValue {}

    /// @param low lanes with the low numbers
    record V128(long low, long high) implements ScriptValue {}

    /// @param heapType as in [dev.windlass.wasm.ValType]
    record RefNull(int heapType) implements ScriptValue {}

    /// A host's value, known by its number.
    record RefExtern(long number) implements ScriptValue {}

    /// A host's value as an internal reference.
    record RefHost(long number) implements ScriptValue {}
}
