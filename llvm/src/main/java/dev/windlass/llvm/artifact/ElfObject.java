package dev.windlass.llvm.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes an object file (ELF, 64 bits, little endian) of plain data: what a linker is to put into a
/// library beside the code.
final class ElfObject {
    static final int PROGBITS = 1;
    static final int NOTE = 7;

    private static final int STRTAB = 3;
    private static final short RELOCATABLE = 1;
    private static final int HEADER_BYTES = 64;
    private static final int SECTION_BYTES = 64;
    private static final int ALIGNMENT = 4;

    private record Section(int name, int type, byte[] content) {}

    private final short machine;
    private final List<Section> sections = new ArrayList<>();
    private final ByteArrayOutputStream names = new ByteArrayOutputStream();

    /// @param machine the processor's number in ELF
    ElfObject(int machine) {
        this.machine = (short) machine;
        names.write(0);
    }

    void add(String name, int type, byte[] content) {
        sections.add(new Section(addName(name), type, content));
    }

    private int addName(String name) {
        int offset = names.size();
        names.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        names.write(0);
        return offset;
    }

    byte[] bytes() {
        int name = addName(".shstrtab");
        List<Section> all = new ArrayList<>(sections);
        all.add(new Section(name, STRTAB, names.toByteArray()));
        int size = HEADER_BYTES;
        for (Section section : all) {
            size += aligned(section.content.length);
        }
        int headers = size;
        ByteBuffer out =
                ByteBuffer.allocate(headers + SECTION_BYTES * (all.size() + 1))
                        .order(ByteOrder.LITTLE_ENDIAN);
        putHeader(out, headers, all.size() + 1);
        int offset = HEADER_BYTES;
        for (int i = 0; i < all.size(); i++) {
            out.put(offset, all.get(i).content);
            putSection(out, headers + SECTION_BYTES * (i + 1), all.get(i), offset);
            offset += aligned(all.get(i).content.length);
        }
        return out.array();
    }

    private static int aligned(int size) {
        return Math.addExact(size, ALIGNMENT - 1) & -ALIGNMENT;
    }

    private void putHeader(ByteBuffer out, int headers, int count) {
        out.putInt(0, ElfSections.MAGIC);
        out.putInt(4, 0x0001_0102); // 64 bits, little endian, version 1
        out.putShort(16, RELOCATABLE);
        out.putShort(18, machine);
        out.putInt(20, 1);
        out.putLong(40, headers);
        out.putShort(52, (short) HEADER_BYTES);
        out.putShort(58, (short) SECTION_BYTES);
        out.putShort(60, (short) count);
        out.putShort(62, (short) (count - 1));
    }

    private static void putSection(ByteBuffer out, int at, Section section, int offset) {
        out.putInt(at, section.name);
        out.putInt(at + 4, section.type);
        out.putLong(at + 24, offset);
        out.putLong(at + 32, section.content.length);
        out.putLong(at + 48, section.type == NOTE ? ALIGNMENT : 1);
    }
}
