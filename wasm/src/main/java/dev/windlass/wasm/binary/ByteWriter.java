package dev.windlass.wasm.binary;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes the binary format's primitives into a growing array: the counterpart of
/// [dev.windlass.wasm.ByteReader]. Mutable, one owner. Methods return the writer, so that calls can
/// be chained.
///
/// @see <a href="https://webassembly.github.io/spec/core/binary/values.html">Binary format:
///     values</a>
public final class ByteWriter {
    /// The magic number and the version: the first eight bytes of every module.
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private byte[] bytes = new byte[64];
    private int size;

    /// An empty writer.
    public ByteWriter() {}

    /// A writer that holds the first eight bytes of a module.
    public static ByteWriter module() {
        return new ByteWriter().bytes(HEADER);
    }

    /// The number of bytes so far.
    public int size() {
        return size;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /// Forgets everything written.
    public ByteWriter clear() {
        size = 0;
        return this;
    }

    /// One byte, the low eight bits.
    public ByteWriter u8(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /// An unsigned 32-bit LEB128 number.
    public ByteWriter u32(int value) {
        return u64(value & 0xFFFF_FFFFL);
    }

    /// An unsigned 64-bit LEB128 number.
    public ByteWriter u64(long value) {
        room(10);
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /// An unsigned 32-bit LEB128 number in five bytes, whatever its value.
    public ByteWriter paddedU32(int value) {
        room(5);
        for (int shift = 0; shift < 28; shift += 7) {
            bytes[size++] = (byte) (value >>> shift | 0x80);
        }
        bytes[size++] = (byte) (value >>> 28);
        return this;
    }

    /// A signed LEB128 number of 32, 33 or 64 bits: the encoding does not depend on the width.
    public ByteWriter signed(long value) {
        room(10);
        long rest = value;
        while (rest >> 6 != 0 && rest >> 6 != -1) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>= 7;
        }
        bytes[size++] = (byte) (rest & 0x7F);
        return this;
    }

    /// Four bytes, little endian.
    public ByteWriter fixed32(int value) {
        for (int shift = 0; shift < 32; shift += 8) {
            u8(value >>> shift);
        }
        return this;
    }

    /// Eight bytes, little endian.
    public ByteWriter fixed64(long value) {
        return fixed32((int) value).fixed32((int) (value >>> 32));
    }

    /// Bytes as they are.
    public ByteWriter bytes(byte[] source) {
        return bytes(source, 0, source.length);
    }

    /// A part of an array as it is.
    public ByteWriter bytes(byte[] source, int start, int length) {
        room(length);
        System.arraycopy(source, start, bytes, size, length);
        size += length;
        return this;
    }

    /// The content of another writer as it is.
    public ByteWriter append(ByteWriter content) {
        return bytes(content.bytes, 0, content.size);
    }

    /// A name: its length and its UTF-8 bytes.
    public ByteWriter name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).bytes(utf8);
    }

    /// A length and the content of another writer: a function body, a subsection, a byte vector.
    public ByteWriter sized(ByteWriter content) {
        return u32(content.size).append(content);
    }

    /// A section.
    public ByteWriter section(int id, ByteWriter content) {
        return u8(id).sized(content);
    }

    /// A custom section.
    public ByteWriter customSection(String name, byte[] content) {
        return section(0, new ByteWriter().name(name).bytes(content));
    }

    /// An instruction's code, without its immediates.
    public ByteWriter opcode(Opcode op) {
        return op.prefix() == 0 ? u8(op.code()) : u8(op.prefix()).u32(op.subCode());
    }

    /// A value, packed or reference type in open form, the short encoding where there is one.
    public ByteWriter valType(int type) {
        int heap = ValType.heapType(type);
        if (!ValType.isRef(type)) {
            return u8(type);
        }
        if (ValType.isNullable(type) && ValType.isAbstract(heap)) {
            return u8(heap);
        }
        return u8(ValType.isNullable(type) ? 0x63 : 0x64).heapType(heap);
    }

    /// A heap type in open form: abstract, or a type index.
    public ByteWriter heapType(int heap) {
        return ValType.isAbstract(heap) ? u8(heap) : signed(ValType.index(heap));
    }

    private void room(int count) {
        if (count > bytes.length - size) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, count), size + size / 2));
        }
    }
}
