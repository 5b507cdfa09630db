package dev.windlass.wasm.text;

import org.jspecify.annotations.Nullable;

/// The sections of the binary format, in the order in which they are written.
enum Section {
    TYPE(1, "type"),
    IMPORT(2, "import"),
    FUNCTION(3, "func"),
    TABLE(4, "table"),
    MEMORY(5, "memory"),
    TAG(13, "tag"),
    GLOBAL(6, "global"),
    EXPORT(7, "export"),
    START(8, "start"),
    ELEMENT(9, "elem"),
    DATA_COUNT(12, "datacount"),
    CODE(10, "code"),
    DATA(11, "data");

    static final Section FIRST = TYPE;
    static final Section LAST = DATA;

    final int id;

    /// The name in the placement of a custom section.
    final String keyword;

    Section(int id, String keyword) {
        this.id = id;
        this.keyword = keyword;
    }

    static @Nullable Section ofKeyword(String keyword) {
        for (Section section : values()) {
            if (section.keyword.equals(keyword)) {
                return section;
            }
        }
        return null;
    }

    static @Nullable Section ofId(int id) {
        for (Section section : values()) {
            if (section.id == id) {
                return section;
            }
        }
        return null;
    }
}
