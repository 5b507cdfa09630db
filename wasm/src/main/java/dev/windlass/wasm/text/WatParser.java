package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;

/// Parses a module in the text format.
public final class WatParser {
    private WatParser() {}

    /// The binary form of a module's text.
    ///
    /// @throws dev.windlass.wasm.MalformedException with line and column
    public static byte[] parse(String text, Features features) {
        throw new UnsupportedOperationException();
    }
}
