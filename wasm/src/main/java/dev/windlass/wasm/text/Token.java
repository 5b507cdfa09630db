package dev.windlass.wasm.text;

/// The kinds of tokens of the text format.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/lexical.html">Text format: lexical
///     format</a>
enum Token {
    LEFT,
    RIGHT,
    KEYWORD,
    IDENTIFIER,
    STRING,
    /// A number without sign, fraction or exponent.
    NATURAL,
    /// A number with a sign, without fraction or exponent.
    INTEGER,
    FLOAT,
    /// A parenthesis and the name of an annotation that means something here: `(@name`.
    ANNOTATION,
    /// Characters that the grammar keeps free: no rule accepts them.
    RESERVED,
    /// After the last token.
    END
}
