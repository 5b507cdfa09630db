package dev.windlass.wasm.text;

/// A line of a printed function.
///
/// @param offset of its instruction in the module, or [#NO_INSTRUCTION]
public record PrintedLine(int offset, String text) {
    public static final int NO_INSTRUCTION = -1;
}
