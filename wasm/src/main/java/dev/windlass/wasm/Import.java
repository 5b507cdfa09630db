package dev.windlass.wasm;

/// An import.
///
/// @param module first name
/// @param name second name
/// @param kind what is imported
/// @param index its index in the index space of its kind: types are asked from the [Module] by it
public record Import(String module, String name, ExternKind kind, int index) {}
