package dev.windlass.wasm.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Checks of UTF-8, which texts and the names in them must be.
final class Utf8 {
    private Utf8() {}

    /// The offset of the first byte that does not belong to well-formed UTF-8, or -1.
    static int firstError(byte[] bytes) {
        int i = 0;
        while (i < bytes.length) {
            int length = sequence(bytes, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /// The length of the well-formed sequence at that offset, or 0.
    private static int sequence(byte[] bytes, int at) {
        int b = bytes[at];
        if (b >= 0) {
            return 1;
        }
        int length = b >= (byte) 0xF0 ? 4 : b >= (byte) 0xE0 ? 3 : 2;
        if (b < (byte) 0xC2 || b > (byte) 0xF4 || at + length > bytes.length) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return isShortest(b & 0xFF, bytes[at + 1] & 0xFF) ? length : 0;
    }

    /// Neither overlong nor a surrogate nor beyond the last code point, by the first two bytes.
    private static boolean isShortest(int first, int second) {
        return switch (first) {
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second < 0xA0;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second < 0x90;
            default -> true;
        };
    }

    static boolean isWellFormed(byte[] bytes) {
        return firstError(bytes) < 0;
    }

    /// The bytes of a text.
    ///
    /// @throws dev.windlass.wasm.MalformedException if the text holds half a surrogate pair
    static byte[] encode(String text) {
        try {
            ByteBuffer encoded =
                    StandardCharsets.UTF_8
                            .newEncoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            byte[] replaced = text.getBytes(StandardCharsets.UTF_8);
            throw Place.of(replaced, 0).malformed("malformed UTF-8 encoding");
        }
    }
}
