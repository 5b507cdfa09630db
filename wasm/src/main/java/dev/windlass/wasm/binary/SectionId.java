package dev.windlass.wasm.binary;

import org.jspecify.annotations.Nullable;

/// The sections that the specification knows, in the order in which they must come.
enum SectionId {
    TYPE(1),
    IMPORT(2),
    FUNCTION(3),
    TABLE(4),
    MEMORY(5),
    TAG(13),
    GLOBAL(6),
    EXPORT(7),
    START(8),
    ELEMENT(9),
    DATA_COUNT(12),
    CODE(10),
    DATA(11);

    static final int CUSTOM = 0;

    private static final SectionId[] ALL = values();

    private final int id;

    SectionId(int id) {
        this.id = id;
    }

    int id() {
        return id;
    }

    static @Nullable SectionId of(int id) {
        for (SectionId section : ALL) {
            if (section.id == id) {
                return section;
            }
        }
        return null;
    }
}
