package dev.windlass.wasm;

/// An export.
///
/// @param index in the index space of `kind`
public record Export(String name, ExternKind kind, int index) {}
