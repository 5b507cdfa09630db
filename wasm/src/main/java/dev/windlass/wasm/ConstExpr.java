package dev.windlass.wasm;

/// A constant expression: a slice of the module's bytes, its final `end` included.
///
/// @param start offset in [Module#bytes()]
/// @param end offset after the `end` instruction
public record ConstExpr(int start, int end) {}
