package dev.windlass.wasm;

/// The body of a function: a slice of the module's bytes.
///
/// @param start offset of the local declarations in [Module#bytes()]
/// @param end offset after the final `end`
public record FunctionBody(int start, int end) {}
