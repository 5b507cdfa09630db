package dev.windlass.wasm.text;

import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;

/// A place in a text.
///
/// @param line from 1
/// @param column from 1, in characters
record Place(int line, int column) {
    /// The place of a byte offset.
    static Place of(byte[] source, int offset) {
        int line = 1;
        int column = 1;
        int end = Math.min(offset, source.length);
        for (int i = 0; i < end; i++) {
            if (source[i] == '\n') {
                line++;
                column = 1;
            } else if ((source[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        return new Place(line, column);
    }

    MalformedException malformed(String reason) {
        return new MalformedException(reason, line, column);
    }

    InvalidException invalid(String reason) {
        return new InvalidException(reason, line, column);
    }
}
