package dev.windlass.wasm;

/// What a type definition defines: a function, structure or array type.
public sealed interface CompositeType permits FuncType, StructType, ArrayType {}
