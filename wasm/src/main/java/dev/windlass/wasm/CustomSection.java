package dev.windlass.wasm;

/// A custom section: its name, and its content as a slice of the module's bytes.
///
/// @param start offset of the content after the name
/// @param end offset after the section
/// @param afterSection the id of the last known section before it, 0 if none: where a printer
///     places it
public record CustomSection(String name, int start, int end, int afterSection) {}
