package dev.windlass.wasm.text;

import dev.windlass.wasm.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The tokens of a text, in order: kind, start and end in the text's bytes. Filled by [Lexer].
final class Tokens {
    final byte[] source;
    private Token[] kinds = new Token[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    /// The line of the byte at that offset, the last one asked for.
    private int line = 1;

    private int lineAt;

    Tokens(byte[] source) {
        this.source = source;
    }

    void add(Token kind, int start, int end) {
        if (count == kinds.length) {
            int capacity = Math.addExact(count, count / 2);
            kinds = Arrays.copyOf(kinds, capacity);
            starts = Arrays.copyOf(starts, capacity);
            ends = Arrays.copyOf(ends, capacity);
        }
        kinds[count] = kind;
        starts[count] = start;
        ends[count++] = end;
    }

    /// The number of tokens, [Token#END] included.
    int count() {
        return count;
    }

    Token kind(int token) {
        return kinds[token];
    }

    /// Offset in the text of the token's first byte.
    int start(int token) {
        return starts[token];
    }

    int end(int token) {
        return ends[token];
    }

    String text(int token) {
        return text(starts[token], ends[token]);
    }

    String text(int start, int end) {
        return new String(source, start, end - start, StandardCharsets.UTF_8);
    }

    /// Whether the token is exactly that ASCII text.
    boolean is(int token, String text) {
        int start = starts[token];
        if (ends[token] - start != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (source[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the token begins with that ASCII text.
    boolean startsWith(int token, String text) {
        int length = text.length();
        return ends[token] - starts[token] >= length
                && text.equals(text(starts[token], starts[token] + length));
    }

    /// The line, from 1. Fast if asked for tokens in order.
    int line(int token) {
        int to = starts[token];
        if (to < lineAt) {
            lineAt = 0;
            line = 1;
        }
        for (; lineAt < to; lineAt++) {
            line += source[lineAt] == '\n' ? 1 : 0;
        }
        return line;
    }

    MalformedException error(int token, String reason) {
        return Place.of(source, starts[token]).malformed(reason);
    }
}
