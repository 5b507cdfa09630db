package dev.windlass.wasm;

import dev.windlass.wasm.internal.Errors;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Reads the binary format's primitives from a slice of a byte array. Mutable, one owner.
///
/// Bytes are an array rather than a mapped segment: an array is several times faster before the
/// JIT compiler has seen the code, and cannot fault when the file is truncated under it.
///
/// @see <a href="https://webassembly.github.io/spec/core/binary/values.html">Binary format:
///     values</a>
public class ByteReader {
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    protected final byte[] bytes;
    protected int position;
    protected int end;

    public ByteReader(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    /// The offset of the next byte, from the start of the module.
    public final int position() {
        return position;
    }

    public final void position(int offset) {
        position = offset;
    }

    public final int end() {
        return end;
    }

    public final boolean atEnd() {
        return position >= end;
    }

    public final int remaining() {
        return end - position;
    }

    /// A reader of a part of the same bytes.
    public final ByteReader slice(int from, int to) {
        return new ByteReader(bytes, from, to);
    }

    /// The next byte, unsigned.
    public final int u8() {
        if (position >= end) {
            throw unexpectedEnd();
        }
        return bytes[position++] & 0xFF;
    }

    /// The next byte, unsigned, without taking it.
    public final int peek() {
        if (position >= end) {
            throw unexpectedEnd();
        }
        return bytes[position] & 0xFF;
    }

    /// An unsigned 32-bit LEB128 number, as an `int` whose sign bit is its highest bit.
    public final int u32() {
        int b = u8();
        return b < 0x80 ? b : u32Rest(b & 0x7F);
    }

    private int u32Rest(int first) {
        int at = position - 1;
        int value = first;
        for (int shift = 7; shift < 35; shift += 7) {
            int b = u8();
            if (shift == 28 && b > 0x0F) {
                throw b >= 0x80 ? Errors.integerTooLong(at) : Errors.integerTooLarge(at);
            }
            value |= (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw Errors.integerTooLong(at);
    }

    /// An unsigned 64-bit LEB128 number.
    public final long u64() {
        int at = position;
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            if (shift == 63 && b > 1) {
                throw b >= 0x80 ? Errors.integerTooLong(at) : Errors.integerTooLarge(at);
            }
            value |= (long) (b & 0x7F) << shift;
            if (b < 0x80) {
                return value;
            }
        }
        throw Errors.integerTooLong(at);
    }

    /// A signed 32-bit LEB128 number.
    public final int s32() {
        return (int) signed(32);
    }

    /// A signed 33-bit LEB128 number, as used by block and heap types.
    public final long s33() {
        return signed(33);
    }

    /// A signed 64-bit LEB128 number.
    public final long s64() {
        return signed(64);
    }

    private long signed(int bits) {
        int at = position;
        long value = 0;
        int shift = 0;
        while (true) {
            int b = u8();
            int left = bits - shift;
            if (left < 7) {
                // The last byte may hold only copies of the sign bit above the number's bits.
                if (b >= 0x80) {
                    throw Errors.integerTooLong(at);
                }
                int top = (byte) (b << 1) >> left;
                if (top != 0 && top != -1) {
                    throw Errors.integerTooLarge(at);
                }
            }
            value |= (long) (b & 0x7F) << shift;
            shift += 7;
            if (b < 0x80) {
                return shift < 64 ? value << (64 - shift) >> (64 - shift) : value;
            }
        }
    }

    /// Four bytes, little endian.
    public final int fixed32() {
        need(4);
        int value = (int) INT.get(bytes, position);
        position += 4;
        return value;
    }

    /// Eight bytes, little endian.
    public final long fixed64() {
        need(8);
        long value = (long) LONG.get(bytes, position);
        position += 8;
        return value;
    }

    /// A name: a length and that many bytes of well-formed UTF-8.
    public final String name() {
        int length = u32();
        if (length < 0 || length > remaining()) {
            throw Errors.lengthOutOfBounds(position);
        }
        int at = position;
        position += length;
        for (int i = at; i < position; i++) {
            if (bytes[i] < 0) {
                return utf8(at, length);
            }
        }
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    private String utf8(int at, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Errors.utf8(at);
        }
    }

    /// Skips bytes.
    public final void skip(int count) {
        need(count);
        position += count;
    }

    protected final void need(int count) {
        if (count < 0 || count > end - position) {
            throw unexpectedEnd();
        }
    }

    protected final MalformedException unexpectedEnd() {
        return Errors.unexpectedEnd(end);
    }
}
