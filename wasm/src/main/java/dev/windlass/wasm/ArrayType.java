package dev.windlass.wasm;

/// An array type.
public record ArrayType(FieldType element) implements CompositeType {}
