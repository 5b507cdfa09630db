package dev.windlass.wasm;

import java.util.ArrayList;
import java.util.List;

/// The DWARF sections of a module, as slices of its bytes: nothing of them is decoded here. Addresses
/// in them count from the start of the code section's content.
///
/// @param sections those named `.debug_…`, in their order
/// @param codeStart the offset of the code section's content, or -1 if there is no code
/// @see <a href="https://yurydelendik.github.io/webassembly-dwarf/">DWARF for WebAssembly</a>
public record DebugSections(List<CustomSection> sections, int codeStart) {
    private static final String PREFIX = ".debug_";
    private static final int HEADER = 8;
    private static final int CODE = 10;

    public DebugSections {
        sections = List.copyOf(sections);
    }

    public static DebugSections of(Module module) {
        List<CustomSection> sections = new ArrayList<>();
        for (CustomSection section : module.customSections()) {
            if (section.name().startsWith(PREFIX)) {
                sections.add(section);
            }
        }
        return new DebugSections(sections, codeStart(module));
    }

    private static int codeStart(Module module) {
        byte[] bytes = module.bytes();
        ByteReader in = new ByteReader(bytes, HEADER, bytes.length);
        while (!in.atEnd()) {
            int id = in.u8();
            int size = in.u32();
            if (id == CODE) {
                return in.position();
            }
            in.skip(size);
        }
        return -1;
    }

    public boolean isEmpty() {
        return sections.isEmpty();
    }

    /// The address in DWARF's terms of an offset in the module.
    public int address(int offset) {
        return offset - codeStart;
    }
}
