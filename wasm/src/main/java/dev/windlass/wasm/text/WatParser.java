package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;

/// Parses a module in the text format.
///
/// The grammar is that of all features; what a feature brings is mostly refused when the bytes are
/// read.
/// Blocks and folded instructions may nest 100,000 deep.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/modules.html">Text format: modules</a>
public final class WatParser {
    private WatParser() {}

    /// The binary form of a module's text.
    ///
    /// @throws dev.windlass.wasm.MalformedException with line and column
    public static byte[] parse(String text, Features features) {
        return parseModule(text, features).bytes();
    }

    /// The binary form of a module's text, and where in the text each part of it comes from.
    ///
    /// @throws dev.windlass.wasm.MalformedException with line and column
    public static WatModule parseModule(String text, Features features) {
        return parseModule(Utf8.encode(text), features);
    }

    /// The same for a text that is still bytes, which must be UTF-8.
    ///
    /// @param text kept for the source map, not copied
    /// @throws dev.windlass.wasm.MalformedException with line and column
    public static WatModule parseModule(byte[] text, Features features) {
        TokenReader in = new TokenReader(Lexer.tokens(text));
        WatModule module = ModuleForm.parse(in, features);
        if (!in.atEnd()) {
            throw in.unexpected();
        }
        return module;
    }
}
