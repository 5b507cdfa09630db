package dev.windlass.wasm.text;

import dev.windlass.wasm.MalformedException;

/// Cuts a text into tokens. Comments and annotations without a meaning here are left out.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/lexical.html">Text format: lexical
///     format</a>
final class Lexer {
    private static final String[] ANNOTATIONS = {"custom", "name", BranchHints.ANNOTATION};

    private final byte[] source;
    private final Tokens tokens;
    private int at;

    /// Open parentheses inside an annotation that is left out; 0 outside of one.
    private int skipping;

    /// Where that annotation began.
    private int skippedFrom;

    private Lexer(byte[] source) {
        this.source = source;
        tokens = new Tokens(source);
    }

    /// @throws MalformedException for text that cannot be cut into tokens
    static Tokens tokens(byte[] source) {
        int bad = Utf8.firstError(source);
        if (bad >= 0) {
            throw Place.of(source, bad).malformed("malformed UTF-8 encoding");
        }
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        while (at < source.length) {
            int c = source[at];
            switch (c) {
                case ' ', '\t', '\n', '\r' -> at++;
                case '(' -> left();
                case ')' -> right();
                case ';' -> semicolon();
                default -> {
                    if (!startsWord(c)) {
                        throw error(at, "illegal character");
                    }
                    word();
                }
            }
        }
        if (skipping > 0) {
            throw error(skippedFrom, "unclosed annotation");
        }
        tokens.add(Token.END, at, at);
    }

    private void add(Token kind, int start) {
        if (skipping == 0) {
            tokens.add(kind, start, at);
        }
    }

    private void left() {
        int next = peek(1);
        if (next == ';') {
            blockComment();
        } else if (next == '@' && skipping == 0) {
            annotation();
        } else {
            int start = at++;
            add(Token.LEFT, start);
            skipping += skipping > 0 ? 1 : 0;
        }
    }

    private void right() {
        int start = at++;
        if (skipping > 0) {
            skipping--;
        } else {
            tokens.add(Token.RIGHT, start, at);
        }
    }

    private void semicolon() {
        if (peek(1) == ';') {
            while (at < source.length && source[at] != '\n' && source[at] != '\r') {
                at++;
            }
        } else {
            word();
        }
    }

    private void blockComment() {
        int start = at;
        int depth = 0;
        do {
            if (at + 1 >= source.length) {
                throw error(start, "unclosed comment");
            }
            if (source[at] == '(' && source[at + 1] == ';') {
                depth++;
                at += 2;
            } else if (source[at] == ';' && source[at + 1] == ')') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }

    /// At `(@`.
    private void annotation() {
        int start = at;
        at += 2;
        String name;
        if (peek(0) == '"') {
            int from = at;
            string("empty annotation id");
            name = StringLiteral.text(source, from, at, "malformed UTF-8 encoding");
        } else {
            int from = at;
            while (isIdChar(peek(0))) {
                at++;
            }
            name = tokens.text(from, at);
        }
        if (name.isEmpty()) {
            throw error(start, "empty annotation id");
        }
        if (isKnown(name)) {
            tokens.add(Token.ANNOTATION, start, at);
        } else {
            skipping = 1;
            skippedFrom = start;
        }
    }

    private static boolean isKnown(String annotation) {
        for (String known : ANNOTATIONS) {
            if (known.equals(annotation)) {
                return true;
            }
        }
        return false;
    }

    /// The longest run of characters, strings and punctuation without space between: one token.
    private void word() {
        int start = at;
        int strings = 0;
        int stringStart = start;
        boolean punctuation = false;
        while (at < source.length && startsWord(source[at])) {
            int c = source[at];
            if (c == '"') {
                strings++;
                stringStart = at;
                string(source[start] == '$' && at == start + 1 ? "empty identifier" : "");
            } else if (c == ';' && peek(1) == ';') {
                break;
            } else {
                punctuation |= !isIdChar(c);
                at++;
            }
        }
        boolean oneString = strings == 1 && !punctuation && source[at - 1] == '"';
        if (oneString && stringStart == start) {
            add(Token.STRING, start);
        } else if (source[start] == '$'
                && (oneString ? stringStart == start + 1 : strings == 0 && !punctuation)) {
            identifier(start, strings == 1);
        } else if (strings > 0 || punctuation) {
            add(Token.RESERVED, start);
        } else {
            add(NumberSyntax.kind(source, start, at), start);
        }
    }

    private void identifier(int start, boolean quoted) {
        if (skipping > 0) {
            return;
        }
        if (at == start + 1 || (quoted && at == start + 3)) {
            throw error(start, "empty identifier");
        }
        if (quoted) {
            StringLiteral.text(source, start + 1, at, "malformed UTF-8 encoding");
        }
        add(Token.IDENTIFIER, start);
    }

    /// At a quotation mark: moves behind the closing one.
    ///
    /// @param onControl the reason if a control character is in it, or empty for the usual one
    private void string(String onControl) {
        int start = at++;
        while (true) {
            if (at >= source.length) {
                throw error(start, "unclosed string");
            }
            int c = source[at];
            if (c == '"') {
                at++;
                return;
            }
            if (c == '\\') {
                at = StringLiteral.afterEscape(source, at);
                continue;
            }
            if ((c >= 0 && c < 0x20) || c == 0x7F) {
                throw control(start, c, onControl);
            }
            at++;
        }
    }

    private MalformedException control(int start, int c, String onControl) {
        if (!onControl.isEmpty()) {
            return error(start, onControl);
        }
        return c == '\n'
                ? error(start, "unclosed string")
                : error(at, "illegal control character in string literal");
    }

    /// Whether a word can begin or go on with that byte.
    private static boolean startsWord(int c) {
        return isIdChar(c)
                || switch (c) {
                    case '"', ',', ';', '[', ']', '{', '}' -> true;
                    default -> false;
                };
    }

    static boolean isIdChar(int c) {
        return c > 0x20
                && c < 0x7F
                && switch (c) {
                    case '"', '(', ')', ',', ';', '[', ']', '{', '}' -> false;
                    default -> true;
                };
    }

    private int peek(int ahead) {
        return at + ahead < source.length ? source[at + ahead] : -1;
    }

    private MalformedException error(int offset, String reason) {
        return Place.of(source, offset).malformed(reason);
    }
}
