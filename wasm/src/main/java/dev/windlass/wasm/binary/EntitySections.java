package dev.windlass.wasm.binary;

import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.internal.Errors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the sections that fill the index spaces: imports, functions, tables, memories, tags,
/// globals; and the exports that name them.
final class EntitySections {
    private final SectionReader reader;
    private final Cursor in;

    private final List<Import> imports = new ArrayList<>();
    private final List<TableType> tables = new ArrayList<>();
    private final List<@Nullable ConstExpr> tableInits = new ArrayList<>();
    private final List<MemoryType> memories = new ArrayList<>();
    private final List<GlobalType> globals = new ArrayList<>();
    private final List<ConstExpr> globalInits = new ArrayList<>();
    private final List<Export> exports = new ArrayList<>();
    private int[] functionTypes = {};
    private int functionCount;
    private int[] tagTypes = {};
    private int tagCount;

    EntitySections(SectionReader reader) {
        this.reader = reader;
        this.in = reader.in;
    }

    void into(Module.Builder builder) {
        builder.imports = imports;
        builder.tables = tables;
        builder.tableInits = tableInits;
        builder.memories = memories;
        builder.globals = globals;
        builder.globalInits = globalInits;
        builder.exports = exports;
        builder.functionTypes = Arrays.copyOf(functionTypes, functionCount);
        builder.tagTypes = Arrays.copyOf(tagTypes, tagCount);
    }

    void imports() {
        int count = reader.count("imports", ImplementationLimits.DEFINITIONS);
        for (int i = 0; i < count; i++) {
            String module = in.name();
            String name = in.name();
            ExternKind kind = kind("import kind");
            imports.add(new Import(module, name, kind, importType(kind)));
        }
    }

    private ExternKind kind(String what) {
        int at = in.position();
        ExternKind kind = ExternKind.of(in.u8());
        if (kind == null) {
            throw Errors.malformed(what, at);
        }
        if (kind == ExternKind.TAG) {
            requireTags("malformed " + what, at);
        }
        return kind;
    }

    private void requireTags(String reason, int at) {
        if (!reader.has(Feature.LEGACY_EXCEPTIONS)) {
            reader.require(Feature.EXCEPTIONS, reason, at);
        }
    }

    /// Reads the type of an import; its index is the answer.
    private int importType(ExternKind kind) {
        switch (kind) {
            case FUNC -> addFunction(in.u32());
            case TABLE -> tables.add(reader.tableType());
            case MEMORY -> memories.add(reader.memoryType());
            case GLOBAL -> globals.add(reader.globalType());
            case TAG -> addTag(reader.tagType());
        }
        return switch (kind) {
                    case FUNC -> functionCount;
                    case TABLE -> tables.size();
                    case MEMORY -> memories.size();
                    case GLOBAL -> globals.size();
                    case TAG -> tagCount;
                }
                - 1;
    }

    private void addFunction(int type) {
        if (functionCount == functionTypes.length) {
            functionTypes = Arrays.copyOf(functionTypes, 2 * functionCount + 16);
        }
        functionTypes[functionCount++] = type;
    }

    private void addTag(int type) {
        if (tagCount == tagTypes.length) {
            tagTypes = Arrays.copyOf(tagTypes, 2 * tagCount + 16);
        }
        tagTypes[tagCount++] = type;
    }

    /// The number of functions that are defined here.
    int functions() {
        int count = reader.count("functions", ImplementationLimits.DEFINITIONS - functionCount);
        functionTypes = Arrays.copyOf(functionTypes, functionCount + count);
        for (int i = 0; i < count; i++) {
            addFunction(in.u32());
        }
        return count;
    }

    void tables() {
        int count = reader.count("tables", ImplementationLimits.TABLES);
        for (int i = 0; i < count; i++) {
            table();
        }
    }

    private void table() {
        int at = in.position();
        boolean hasInit = in.peek() == 0x40;
        if (hasInit) {
            reader.require(Feature.FUNCTION_REFERENCES, "malformed table", at);
            in.skip(1);
            if (in.u8() != 0) {
                throw Errors.zeroByte(at + 1);
            }
        }
        tables.add(reader.tableType());
        tableInits.add(hasInit ? reader.constExpr() : null);
    }

    void memories() {
        int count = reader.count("memories", ImplementationLimits.MEMORIES);
        for (int i = 0; i < count; i++) {
            memories.add(reader.memoryType());
        }
    }

    void tags() {
        requireTags("malformed section id 13", in.position());
        int count = reader.count("tags", ImplementationLimits.DEFINITIONS);
        for (int i = 0; i < count; i++) {
            addTag(reader.tagType());
        }
    }

    void globals() {
        int count = reader.count("globals", ImplementationLimits.DEFINITIONS);
        for (int i = 0; i < count; i++) {
            globals.add(reader.globalType());
            globalInits.add(reader.constExpr());
        }
    }

    void exports() {
        int count = reader.count("exports", ImplementationLimits.DEFINITIONS);
        for (int i = 0; i < count; i++) {
            String name = in.name();
            ExternKind kind = kind("export kind");
            exports.add(new Export(name, kind, in.u32()));
        }
    }
}
