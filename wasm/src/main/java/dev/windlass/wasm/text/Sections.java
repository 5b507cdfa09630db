package dev.windlass.wasm.text;

import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The sections of a module under construction, and how they become a whole.
final class Sections {
    /// A vector under construction.
    private static final class Vector {
        final CodeBuffer items = new CodeBuffer();
        int count;
    }

    private final Map<Section, Vector> vectors = new EnumMap<>(Section.class);
    private final List<CustomAnnotation> customs = new ArrayList<>();
    final BranchHints hints = new BranchHints();

    /// Where the next item of a section is to be written.
    CodeBuffer item(Section section, int textOffset) {
        Vector vector = vectors.computeIfAbsent(section, _ -> new Vector());
        vector.count++;
        vector.items.mark(textOffset);
        return vector.items;
    }

    void add(CustomAnnotation custom) {
        customs.add(custom);
    }

    boolean has(Section section) {
        return vectors.containsKey(section);
    }

    /// The module's bytes.
    ///
    /// @param usesData whether instructions name data segments
    CodeBuffer assemble(ModuleSpaces spaces, ModuleNames names, boolean usesData) {
        CodeBuffer out = new CodeBuffer();
        out.bytes.append(ByteWriter.module());
        for (Section section : Section.values()) {
            customs(true, section, out.bytes);
            if (section == Section.CODE && !hints.isEmpty()) {
                out.bytes.customSection(BranchHints.ANNOTATION, hints.content());
            }
            known(section, spaces, usesData, out);
            if (section != Section.LAST) {
                customs(false, section, out.bytes);
            }
        }
        names.take(spaces);
        names(names.content(), out.bytes);
        customs(false, Section.LAST, out.bytes);
        return out;
    }

    /// A name section that is written out as an annotation stands in place of the names' own.
    private void names(byte[] content, ByteWriter out) {
        if (content.length > 0
                && customs.stream().noneMatch(c -> c.name().equals(ModuleNames.SECTION))) {
            out.customSection(ModuleNames.SECTION, content);
        }
    }

    private void known(Section section, ModuleSpaces spaces, boolean usesData, CodeBuffer out) {
        CodeBuffer content = new CodeBuffer();
        Vector vector = vectors.get(section);
        if (section == Section.TYPE && !spaces.types.groups.isEmpty()) {
            TypeWriter.section(spaces.types, content);
        } else if (section == Section.DATA_COUNT && usesData) {
            content.bytes.u32(spaces.data.size());
        } else if (vector != null) {
            if (section != Section.START) {
                content.bytes.u32(vector.count);
            }
            content.append(vector.items);
        }
        if (content.size() > 0) {
            out.bytes.u8(section.id);
            out.sized(content);
        }
    }

    private void customs(boolean before, Section anchor, ByteWriter out) {
        for (CustomAnnotation custom : customs) {
            if (custom.before() == before && custom.anchor() == anchor) {
                out.customSection(custom.name(), custom.content());
            }
        }
    }
}
