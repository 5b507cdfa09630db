package dev.windlass.wasm.text;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// String literals: quotation marks around characters and escapes, meaning bytes.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/values.html#strings">Strings</a>
final class StringLiteral {
    private StringLiteral() {}

    /// The bytes of a literal, whose escapes the lexer has checked.
    ///
    /// @param start at the first quotation mark
    /// @param end after the last one
    static byte[] bytes(byte[] source, int start, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(end - start);
        int i = start + 1;
        while (i < end - 1) {
            if (source[i] == '\\') {
                unescape(source, i + 1, out);
                i = afterEscape(source, i);
            } else {
                out.write(source[i++]);
            }
        }
        return out.toByteArray();
    }

    /// The characters of a literal.
    ///
    /// @param reason what to say if its bytes are not UTF-8
    static String text(byte[] source, int start, int end, String reason) {
        byte[] bytes = bytes(source, start, end);
        if (!Utf8.isWellFormed(bytes)) {
            throw Place.of(source, start).malformed(reason);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void unescape(byte[] source, int at, ByteArrayOutputStream out) {
        switch (source[at]) {
            case 't' -> out.write('\t');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case '"', '\'', '\\' -> out.write(source[at]);
            case 'u' ->
                    out.writeBytes(
                            Character.toString(codePoint(source, at + 1))
                                    .getBytes(StandardCharsets.UTF_8));
            default -> out.write(hex(source[at]) << 4 | hex(source[at + 1]));
        }
    }

    /// The offset after the escape whose backslash is there.
    ///
    /// @throws dev.windlass.wasm.MalformedException if it is none
    static int afterEscape(byte[] source, int at) {
        int c = at + 1 < source.length ? source[at + 1] : 0;
        return switch (c) {
            case 't', 'n', 'r', '"', '\'', '\\' -> at + 2;
            case 'u' -> afterCodePoint(source, at);
            default -> {
                if (hex(c) < 0 || at + 2 >= source.length || hex(source[at + 2]) < 0) {
                    throw Place.of(source, at).malformed("illegal escape");
                }
                yield at + 3;
            }
        };
    }

    private static int afterCodePoint(byte[] source, int at) {
        int i = at + 2;
        while (i < source.length && source[i] != '}' && source[i] != '"') {
            i++;
        }
        if (i == source.length || source[i] != '}' || codePoint(source, at + 2) < 0) {
            throw Place.of(source, at).malformed("illegal escape");
        }
        return i + 1;
    }

    /// The number in `{...}`, or -1 if there is none that is a Unicode scalar value.
    private static int codePoint(byte[] source, int at) {
        if (source[at] != '{' || source[at + 1] == '}') {
            return -1;
        }
        int value = 0;
        for (int i = at + 1; source[i] != '}'; i++) {
            boolean separator = source[i] == '_' && hex(source[i - 1]) >= 0;
            if (separator && hex(source[i + 1]) >= 0) {
                continue;
            }
            int digit = hex(source[i]);
            value = value << 4 | digit;
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return -1;
            }
        }
        return value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE ? -1 : value;
    }

    static int hex(int c) {
        return Character.digit(c, 16);
    }
}
