package dev.windlass.wasm;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The names that the custom section `name` gives, found when first asked for. A damaged section
/// gives no names rather than an error, as the specification asks. Thread-safe.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Name section</a>
public final class Names {
    private static final int MODULE = 0;
    private static final int FUNCTIONS = 1;
    private static final int LOCALS = 2;
    private static final int LABELS = 3;
    private static final int TYPES = 4;
    private static final int TABLES = 5;
    private static final int MEMORIES = 6;
    private static final int GLOBALS = 7;
    private static final int ELEMENTS = 8;
    private static final int DATA = 9;
    private static final int FIELDS = 10;
    private static final int TAGS = 11;
    private static final int SUBSECTIONS = 12;

    private final Module module;
    private volatile @Nullable Section section;

    Names(Module module) {
        this.module = module;
    }

    /// The module's name, or null.
    public @Nullable String module() {
        return section().module;
    }

    /// The name of a function, or null.
    public @Nullable String function(int index) {
        return name(FUNCTIONS, index);
    }

    /// The name of a local, parameters included, or null.
    public @Nullable String local(int function, int index) {
        return inner(LOCALS, function, index);
    }

    /// The name of a label, counted in the order of the blocks' beginnings, or null.
    public @Nullable String label(int function, int index) {
        return inner(LABELS, function, index);
    }

    public @Nullable String type(int index) {
        return name(TYPES, index);
    }

    /// The name of a structure type's field, or null.
    public @Nullable String field(int type, int index) {
        return inner(FIELDS, type, index);
    }

    public @Nullable String table(int index) {
        return name(TABLES, index);
    }

    public @Nullable String memory(int index) {
        return name(MEMORIES, index);
    }

    public @Nullable String global(int index) {
        return name(GLOBALS, index);
    }

    public @Nullable String element(int index) {
        return name(ELEMENTS, index);
    }

    public @Nullable String data(int index) {
        return name(DATA, index);
    }

    public @Nullable String tag(int index) {
        return name(TAGS, index);
    }

    /// The name of something that can be imported or exported, or null.
    public @Nullable String of(ExternKind kind, int index) {
        return switch (kind) {
            case FUNC -> function(index);
            case TABLE -> table(index);
            case MEMORY -> memory(index);
            case GLOBAL -> global(index);
            case TAG -> tag(index);
        };
    }

    private @Nullable String name(int subsection, int index) {
        return section().maps[subsection].name(module.bytes(), index);
    }

    private @Nullable String inner(int subsection, int outer, int index) {
        return section().inner(module.bytes(), subsection, outer).name(module.bytes(), index);
    }

    private Section section() {
        Section known = section;
        if (known == null) {
            known = read();
            section = known;
        }
        return known;
    }

    private Section read() {
        CustomSection custom = module.customSection("name");
        if (custom == null) {
            return new Section(null);
        }
        try {
            return read(new ByteReader(module.bytes(), custom.start(), custom.end()));
        } catch (MalformedException e) {
            return new Section(null);
        }
    }

    private static Section read(ByteReader in) {
        Section section = new Section(null);
        while (!in.atEnd()) {
            int id = in.u8();
            int size = in.u32();
            int start = in.position();
            in.skip(size);
            ByteReader part = in.slice(start, in.position());
            if (id == MODULE) {
                section = new Section(part.name(), section.maps);
            } else if (id < SUBSECTIONS) {
                boolean isIndirect = id == LOCALS || id == LABELS || id == FIELDS;
                section.maps[id] = isIndirect ? NameMap.indirect(part) : NameMap.names(part);
            }
        }
        return section;
    }

    /// The section's content.
    private static final class Section {
        final @Nullable String module;
        final NameMap[] maps;

        /// The inner map asked for last: questions come function by function.
        private volatile @Nullable Inner last;

        Section(@Nullable String module) {
            this(module, new NameMap[SUBSECTIONS]);
            Arrays.fill(maps, NameMap.EMPTY);
        }

        Section(@Nullable String module, NameMap[] maps) {
            this.module = module;
            this.maps = maps;
        }

        NameMap inner(byte[] bytes, int subsection, int outer) {
            Inner known = last;
            if (known == null || known.subsection != subsection || known.outer != outer) {
                known = new Inner(subsection, outer, read(bytes, maps[subsection].place(outer)));
                last = known;
            }
            return known.map;
        }

        private static NameMap read(byte[] bytes, int place) {
            if (place < 0) {
                return NameMap.EMPTY;
            }
            try {
                return NameMap.names(new ByteReader(bytes, place, bytes.length));
            } catch (MalformedException e) {
                return NameMap.EMPTY;
            }
        }
    }

    private record Inner(int subsection, int outer, NameMap map) {}
}
