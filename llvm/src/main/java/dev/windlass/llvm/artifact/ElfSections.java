package dev.windlass.llvm.artifact;

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

    /// @param offset in the file
    record Range(int offset, int size) {}

    private final ByteBuffer file;
    private final Map<String, Range> ranges = new HashMap<>();

    /// @throws ArtifactException if it is not such a file
    ElfSections(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < HEADER_BYTES
                || file.getInt(0) != MAGIC
                || file.getShort(4) != CLASS_64_LITTLE_ENDIAN) {
            throw new ArtifactException("it is not a shared library (ELF, 64 bits)");
        }
        int count = Short.toUnsignedInt(file.getShort(60));
        int table = checked(file.getLong(40), (long) count * SECTION_BYTES);
        int strings = Short.toUnsignedInt(file.getShort(62));
        if (Short.toUnsignedInt(file.getShort(58)) != SECTION_BYTES || strings >= count) {
            throw damaged();
        }
        Range names = range(table + strings * SECTION_BYTES);
        for (int i = 1; i < count; i++) {
            int header = table + i * SECTION_BYTES;
            if (file.getInt(header + 4) != NOBITS) {
                ranges.putIfAbsent(name(names, file.getInt(header)), range(header));
            }
        }
    }

    /// The processor's number.
    int machine() {
        return Short.toUnsignedInt(file.getShort(18));
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

    byte[] content(String name) {
        Range range = section(name);
        byte[] content = new byte[range.size];
        file.get(range.offset, content);
        return content;
    }

    /// The content of a section, or nothing if there is no such section.
    byte[] contentOrEmpty(String name) {
        return ranges.containsKey(name) ? content(name) : new byte[0];
    }

    private Range range(int header) {
        long size = file.getLong(header + 32);
        return new Range(checked(file.getLong(header + 24), size), (int) size);
    }

    /// @return the offset
    private int checked(long offset, long size) {
        if (offset < 0 || size < 0 || offset > file.capacity() || size > file.capacity() - offset) {
            throw damaged();
        }
        return (int) offset;
    }

    private String name(Range names, int offset) {
        if (offset < 0 || offset >= names.size) {
            throw damaged();
        }
        int end = offset;
        while (end < names.size && file.get(names.offset + end) != 0) {
            end++;
        }
        byte[] name = new byte[end - offset];
        file.get(names.offset + offset, name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static ArtifactException damaged() {
        return new ArtifactException("it is damaged: its table of sections makes no sense");
    }
}
