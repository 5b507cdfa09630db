package dev.windlass.wasm.text;

import dev.windlass.wasm.MalformedException;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// A position among the tokens, and what every part of the parser asks there. Mutable, one owner.
final class TokenReader {
    final Tokens tokens;

    /// The next token.
    int at;

    TokenReader(Tokens tokens) {
        this.tokens = tokens;
    }

    Token kind() {
        return tokens.kind(at);
    }

    private Token kind(int ahead) {
        return at + ahead < tokens.count() ? tokens.kind(at + ahead) : Token.END;
    }

    boolean isRight() {
        return kind() == Token.RIGHT;
    }

    boolean atEnd() {
        return kind() == Token.END;
    }

    /// Whether the next token is that keyword.
    boolean isKeyword(String keyword) {
        return kind() == Token.KEYWORD && tokens.is(at, keyword);
    }

    /// Whether the next tokens are a parenthesis and that keyword.
    boolean isLeft(String keyword) {
        return kind() == Token.LEFT && kind(1) == Token.KEYWORD && tokens.is(at + 1, keyword);
    }

    boolean isAnnotation(String name) {
        return kind() == Token.ANNOTATION && annotation(at).equals(name);
    }

    /// Whether the next token can be an index.
    boolean isIndex() {
        return kind() == Token.NATURAL || kind() == Token.IDENTIFIER;
    }

    /// Whether the token after the next can be an index.
    boolean isIndexNext() {
        return kind(1) == Token.NATURAL || kind(1) == Token.IDENTIFIER;
    }

    /// Whether the next tokens are a number and a parenthesis: how older texts name a segment's table
    /// or memory.
    boolean isOldUse() {
        return kind() == Token.NATURAL && kind(1) == Token.LEFT;
    }

    boolean takeKeyword(String keyword) {
        boolean there = isKeyword(keyword);
        at += there ? 1 : 0;
        return there;
    }

    boolean takeLeft(String keyword) {
        boolean there = isLeft(keyword);
        at += there ? 2 : 0;
        return there;
    }

    boolean takeAnnotation(String name) {
        boolean there = isAnnotation(name);
        at += there ? 1 : 0;
        return there;
    }

    void keyword(String keyword) {
        if (!takeKeyword(keyword)) {
            throw unexpected();
        }
    }

    void left(String keyword) {
        if (!takeLeft(keyword)) {
            throw unexpected();
        }
    }

    void left() {
        if (kind() != Token.LEFT) {
            throw unexpected();
        }
        at++;
    }

    void right() {
        if (kind() != Token.RIGHT) {
            throw unexpected();
        }
        at++;
    }

    /// The text of the next token, which must be a keyword.
    String keyword() {
        if (kind() != Token.KEYWORD) {
            throw unexpected();
        }
        return tokens.text(at++);
    }

    /// The keyword after a parenthesis that is next, or the empty text.
    String keywordAfterLeft() {
        return kind() == Token.LEFT && kind(1) == Token.KEYWORD ? tokens.text(at + 1) : "";
    }

    /// An identifier without its dollar sign, or null if the next token is none.
    @Nullable String identifier() {
        return kind() == Token.IDENTIFIER ? identifierText(at++) : null;
    }

    String identifierText(int token) {
        int start = tokens.start(token) + 1;
        int end = tokens.end(token);
        return tokens.source[start] == '"'
                ? StringLiteral.text(tokens.source, start, end, "malformed UTF-8 encoding")
                : tokens.text(start, end);
    }

    /// The bytes of a string.
    byte[] string() {
        if (kind() != Token.STRING) {
            throw unexpected();
        }
        byte[] bytes = StringLiteral.bytes(tokens.source, tokens.start(at), tokens.end(at));
        at++;
        return bytes;
    }

    /// The bytes of strings in a row, perhaps none.
    byte[] strings() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (kind() == Token.STRING) {
            out.writeBytes(string());
        }
        return out.toByteArray();
    }

    /// A string that is a name.
    String name() {
        if (kind() != Token.STRING) {
            throw unexpected();
        }
        int token = at++;
        return StringLiteral.text(
                tokens.source, tokens.start(token), tokens.end(token), "malformed UTF-8 encoding");
    }

    /// An unsigned number below `2^bits`.
    long natural(int bits) {
        if (kind() != Token.NATURAL) {
            throw unexpected();
        }
        Long value = Numbers.integer(tokens.text(at), bits);
        if (value == null) {
            throw error("i" + bits + " constant out of range");
        }
        at++;
        return value;
    }

    int u32() {
        return (int) natural(32);
    }

    /// A number between `-2^(bits-1)` and `2^bits-1`, as its two's complement.
    long integer(int bits) {
        if (kind() != Token.NATURAL && kind() != Token.INTEGER) {
            throw unexpected();
        }
        return inRange(Numbers.integer(tokens.text(at), bits));
    }

    int i32() {
        return (int) integer(32);
    }

    /// The bits of a 32-bit float.
    int f32() {
        Integer bits = Numbers.f32(floatText());
        return (int) inRange(bits == null ? null : Long.valueOf(bits));
    }

    /// The bits of a 64-bit float.
    long f64() {
        return inRange(Numbers.f64(floatText()));
    }

    private String floatText() {
        if (kind() != Token.NATURAL && kind() != Token.INTEGER && kind() != Token.FLOAT) {
            throw unexpected();
        }
        return tokens.text(at);
    }

    private long inRange(@Nullable Long value) {
        if (value == null) {
            throw error("constant out of range");
        }
        at++;
        return value;
    }

    /// Moves behind the closing parenthesis of the list whose opening one is next.
    void skipList() {
        int depth = 0;
        do {
            switch (kind()) {
                case LEFT, ANNOTATION -> depth++;
                case RIGHT -> depth--;
                case END -> throw unexpected();
                default -> {}
            }
            at++;
        } while (depth > 0);
    }

    /// At the next token.
    MalformedException error(String reason) {
        return tokens.error(at, reason);
    }

    /// The next token fits no rule.
    MalformedException unexpected() {
        return unexpected(at);
    }

    MalformedException unexpected(int token) {
        String text = tokens.text(token);
        return switch (tokens.kind(token)) {
            case END -> tokens.error(token, "unexpected token: the text ends here");
            case RESERVED -> tokens.error(token, "unknown operator " + text);
            case ANNOTATION -> tokens.error(token, misplaced(annotation(token)));
            case KEYWORD ->
                    tokens.error(
                            token,
                            (Keywords.isKnown(text) ? "unexpected token " : "unknown operator ")
                                    + text);
            default -> tokens.error(token, "unexpected token " + text);
        };
    }

    private static String misplaced(String annotation) {
        return annotation.equals(BranchHints.ANNOTATION)
                ? "@" + annotation + " annotation: not in a function"
                : "misplaced @" + annotation + " annotation";
    }

    private String annotation(int token) {
        int start = tokens.start(token) + 2;
        int end = tokens.end(token);
        return tokens.source[start] == '"'
                ? StringLiteral.text(tokens.source, start, end, "malformed UTF-8 encoding")
                : tokens.text(start, end);
    }
}
