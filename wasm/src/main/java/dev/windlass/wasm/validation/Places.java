package dev.windlass.wasm.validation;

import dev.windlass.wasm.ByteReader;
import dev.windlass.wasm.Module;

/// Where the sections of a module are: found again when an error about one of its entries needs a
/// place.
final class Places {
    static final int TYPES = 1;
    static final int IMPORTS = 2;
    static final int FUNCTIONS = 3;
    static final int TABLES = 4;
    static final int MEMORIES = 5;
    static final int GLOBALS = 6;
    static final int EXPORTS = 7;
    static final int START = 8;
    static final int TAGS = 13;

    private static final int HEADER = 8;

    private Places() {}

    /// The offset of a section's content, or of the module's end if there is no such section.
    static int of(Module module, int sectionId) {
        byte[] bytes = module.bytes();
        ByteReader in = new ByteReader(bytes, HEADER, bytes.length);
        while (!in.atEnd()) {
            int id = in.u8();
            int size = in.u32();
            if (id == sectionId) {
                return in.position();
            }
            in.skip(size);
        }
        return bytes.length;
    }
}
