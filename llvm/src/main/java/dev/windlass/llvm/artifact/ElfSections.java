package dev.windlass.llvm.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// The sections of an ELF file (64 bits, little endian) by name. The file may be anything: every
/// number is checked before it is used.
final class ElfSections {
    static final int MAGIC = 0x464C_457F; // 0x7F E L F
    private static final int CLASS_64_LITTLE_ENDIAN = 0x0102;
    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int NOBITS = 8;

    /// No section of ours is larger.
    private static final int MOST = Integer.MAX_VALUE - 8;

    /// @param offset in the file
    record Range(long offset, int size) {}

    private final ByteSource file;
    private final long size;
    private final int machine;
    private final Map<String, Range> ranges = new HashMap<>();

    /// @throws IOException if it cannot be read
    /// @throws ArtifactException if it is not such a file
    ElfSections(ByteSource file) throws IOException {
        this.file = file;
        size = file.size();
        ByteBuffer header = read(new Range(0, (int) Math.min(size, HEADER_BYTES)));
        if (size < HEADER_BYTES
                || header.getInt(0) != MAGIC
                || header.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            throw new ArtifactException("it is not a shared library (ELF, 64 bits)");
        }
        machine = Short.toUnsignedInt(header.getShort(18));
        int count = Short.toUnsignedInt(header.getShort(60));
        int strings = Short.toUnsignedInt(header.getShort(62));
        if (Short.toUnsignedInt(header.getShort(58)) != SECTION_BYTES || strings >= count) {
            throw damaged();
        }
        ByteBuffer table = read(range(header.getLong(40), (long) count * SECTION_BYTES));
        ByteBuffer names = read(section(table, strings));
        for (int i = 1; i < count; i++) {
            int entry = i * SECTION_BYTES;
            if (table.getInt(entry + 4) != NOBITS) {
                ranges.putIfAbsent(name(names, table.getInt(entry)), section(table, i));
            }
        }
    }

    private ByteBuffer read(Range range) throws IOException {
        return ByteBuffer.wrap(file.read(range.offset, range.size)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The processor's number.
    int machine() {
        return machine;
    }

    /// @throws ArtifactException if there is no such section
    Range section(String name) {
        Range range = ranges.get(name);
        if (range == null) {
            throw new ArtifactException(
                    "it was not made by 'windlass compile', or was stripped: it has no section "
                            + name);
        }
        return range;
    }

    /// @throws IOException if it cannot be read
    /// @throws ArtifactException if there is no such section
    byte[] content(String name) throws IOException {
        Range range = section(name);
        return file.read(range.offset, range.size);
    }

    /// The content of a section, or nothing if there is no such section.
    byte[] contentOrEmpty(String name) throws IOException {
        return ranges.containsKey(name) ? content(name) : new byte[0];
    }

    private Range section(ByteBuffer table, int number) {
        int entry = number * SECTION_BYTES;
        return range(table.getLong(entry + 24), table.getLong(entry + 32));
    }

    private Range range(long offset, long bytes) {
        if (offset < 0 || bytes < 0 || offset > size || bytes > size - offset || bytes > MOST) {
            throw damaged();
        }
        return new Range(offset, (int) bytes);
    }

    private static String name(ByteBuffer names, int offset) {
        if (offset < 0 || offset >= names.capacity()) {
            throw damaged();
        }
        int end = offset;
        while (end < names.capacity() && names.get(end) != 0) {
            end++;
        }
        byte[] name = new byte[end - offset];
        names.get(offset, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static ArtifactException damaged() {
        return new ArtifactException("it is damaged: its table of sections makes no sense");
    }
}
