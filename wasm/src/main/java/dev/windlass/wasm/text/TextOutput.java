package dev.windlass.wasm.text;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Text under construction: lines with indentation, strings, identifiers. What is finished goes to
/// whoever wants it from time to time, so that a large text need not be held.
final class TextOutput {
    /// Deeper levels are not indented further, so that deep nesting cannot make a text huge.
    private static final int MAX_INDENTATION = 40;

    private static final int FLUSH_AT = 1 << 16;

    private final Appendable target;
    private final StringBuilder text = new StringBuilder();

    TextOutput(Appendable target) {
        this.target = target;
    }

    TextOutput add(String part) {
        text.append(part);
        return this;
    }

    TextOutput add(long number) {
        text.append(number);
        return this;
    }

    /// Begins a line of that level.
    TextOutput line(int level) {
        if (text.length() > FLUSH_AT) {
            flush();
        }
        text.append('\n').repeat("  ", Math.min(level, MAX_INDENTATION));
        return this;
    }

    /// A space and a name in quotation marks.
    TextOutput name(String name) {
        text.append(' ');
        quoted(name, text);
        return this;
    }

    /// Bytes in quotation marks.
    TextOutput bytes(byte[] bytes, int start, int end) {
        text.append('"');
        for (int i = start; i < end; i++) {
            character(bytes[i] & 0xFF);
        }
        text.append('"');
        return this;
    }

    private void character(int c) {
        if (c == '"' || c == '\\') {
            text.append('\\').append((char) c);
        } else if (c >= 0x20 && c < 0x7F) {
            text.append((char) c);
        } else {
            text.append('\\').append(Character.forDigit(c >> 4, 16));
            text.append(Character.forDigit(c & 0xF, 16));
        }
    }

    private static void quoted(String name, StringBuilder out) {
        out.append('"');
        name.codePoints().forEach(c -> quoted(c, out));
        out.append('"');
    }

    private static void quoted(int c, StringBuilder out) {
        if (c == '"' || c == '\\') {
            out.append('\\').append((char) c);
        } else if ((c >= 0x20 && c < 0x7F) || (c > 0x7F && Character.isLetterOrDigit(c))) {
            out.appendCodePoint(c);
        } else {
            out.append("\\u{").append(Integer.toHexString(c)).append('}');
        }
    }

    /// A name that is not empty as an identifier: `$name`, or `$"..."` where that is not one word.
    static String identifier(String name) {
        StringBuilder out = new StringBuilder("$");
        if (name.chars().allMatch(Lexer::isIdChar)) {
            out.append(name);
        } else {
            quoted(name, out);
        }
        return out.toString();
    }

    void flush() {
        try {
            target.append(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        text.setLength(0);
    }
}
