package dev.windlass.wasm;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A module as written: every section decoded but for the code, which stays a slice of the bytes.
/// Immutable, shared by threads.
///
/// Index spaces count imports first. Types are open ([ValType]): they count in this module's own
/// type section; [#close(int)] gives the form that can be compared between modules.
public final class Module {
    private final byte[] bytes;
    private final Features features;
    private final List<SubType> types;
    private final DefType[] defTypes;
    private final int[] recursionGroups;
    private final List<Import> imports;
    private final Map<ExternKind, Integer> imported;
    private final int importedFunctions;
    private final int[] functionTypes;
    private final int[] bodyStarts;
    private final int[] bodyEnds;
    private final List<TableType> tables;
    private final List<@Nullable ConstExpr> tableInits;
    private final List<MemoryType> memories;
    private final List<GlobalType> globals;
    private final List<ConstExpr> globalInits;
    private final int[] tagTypes;
    private final List<Export> exports;
    private final Map<String, Export> exportsByName;
    private final int start;
    private final List<ElementSegment> elements;
    private final List<DataSegment> dataSegments;
    private final int dataCount;
    private final List<CustomSection> customSections;
    private final Names names;

    /// Lowest offset of an instruction on structures, arrays or i31 that validation met.
    private volatile int firstObjects = Integer.MAX_VALUE;

    private Module(Builder b) {
        bytes = b.bytes;
        features = b.features;
        types = List.copyOf(b.types);
        defTypes = b.defTypes;
        recursionGroups = b.recursionGroups;
        imports = List.copyOf(b.imports);
        imported = new EnumMap<>(ExternKind.class);
        for (ExternKind kind : ExternKind.values()) {
            imported.put(kind, 0);
        }
        for (Import i : imports) {
            imported.merge(i.kind(), 1, Integer::sum);
        }
        importedFunctions = imported.getOrDefault(ExternKind.FUNC, 0);
        functionTypes = b.functionTypes;
        bodyStarts = b.bodyStarts;
        bodyEnds = b.bodyEnds;
        tables = List.copyOf(b.tables);
        tableInits = b.tableInits;
        memories = List.copyOf(b.memories);
        globals = List.copyOf(b.globals);
        globalInits = List.copyOf(b.globalInits);
        tagTypes = b.tagTypes;
        exports = List.copyOf(b.exports);
        exportsByName = new HashMap<>();
        for (Export e : exports) {
            exportsByName.putIfAbsent(e.name(), e);
        }
        start = b.start;
        elements = List.copyOf(b.elements);
        dataSegments = List.copyOf(b.dataSegments);
        dataCount = b.dataCount;
        customSections = List.copyOf(b.customSections);
        names = new Names(this);
    }

    /// The whole binary module. Not to be written to.
    public byte[] bytes() {
        return bytes;
    }

    /// The features that it was decoded with.
    public Features features() {
        return features;
    }

    /// The type section as written.
    public List<SubType> types() {
        return types;
    }

    /// The canonical type of a type index.
    public DefType defType(int typeIndex) {
        return defTypes[typeIndex];
    }

    /// For each type index, the first index of its recursion group. Not to be written to.
    public int[] recursionGroups() {
        return recursionGroups;
    }

    /// The closed form of a value type.
    public int close(int type) {
        int heap = ValType.heapType(type);
        boolean concrete = ValType.isRef(type) && (heap & (ValType.ABSTRACT | ValType.CLOSED)) == 0;
        return concrete ? (type & ~ValType.HEAP_MASK) | ValType.CLOSED | defTypes[heap].id() : type;
    }

    public List<Import> imports() {
        return imports;
    }

    /// The number of imports of that kind, which is also the first index of what is defined here.
    public int importedCount(ExternKind kind) {
        return kind == ExternKind.FUNC ? importedFunctions : imported.getOrDefault(kind, 0);
    }

    /// The number of functions, imported ones included.
    public int functionCount() {
        return functionTypes.length;
    }

    /// The type index of a function.
    public int functionTypeIndex(int function) {
        return functionTypes[function];
    }

    /// The type of a function, in open form.
    public FuncType functionType(int function) {
        return (FuncType) types.get(functionTypes[function]).composite();
    }

    /// The body of a function that is defined here.
    public FunctionBody body(int function) {
        int i = function - importedFunctions;
        return new FunctionBody(bodyStarts[i], bodyEnds[i]);
    }

    public List<TableType> tables() {
        return tables;
    }

    /// The initial element of a table that is defined here, or null for null.
    public @Nullable ConstExpr tableInit(int table) {
        return tableInits.get(table - importedCount(ExternKind.TABLE));
    }

    public List<MemoryType> memories() {
        return memories;
    }

    public List<GlobalType> globals() {
        return globals;
    }

    /// The initial value of a global that is defined here.
    public ConstExpr globalInit(int global) {
        return globalInits.get(global - importedCount(ExternKind.GLOBAL));
    }

    public int tagCount() {
        return tagTypes.length;
    }

    /// The type index of a tag.
    public int tagTypeIndex(int tag) {
        return tagTypes[tag];
    }

    public List<Export> exports() {
        return exports;
    }

    public @Nullable Export export(String name) {
        return exportsByName.get(name);
    }

    /// The start function, or -1.
    public int start() {
        return start;
    }

    public List<ElementSegment> elements() {
        return elements;
    }

    public List<DataSegment> dataSegments() {
        return dataSegments;
    }

    /// The count in the data count section, or -1 if there is none.
    public int dataCount() {
        return dataCount;
    }

    public List<CustomSection> customSections() {
        return customSections;
    }

    /// The first custom section of that name, or null.
    public @Nullable CustomSection customSection(String name) {
        for (CustomSection section : customSections) {
            if (section.name().equals(name)) {
                return section;
            }
        }
        return null;
    }

    /// The names of the name section; decoded when first asked for.
    public Names names() {
        return names;
    }

    /// Told by validation where it meets an instruction on structures, arrays or i31; from any
    /// thread.
    public void noteObjects(int offset) {
        if (offset < firstObjects) {
            synchronized (this) {
                firstObjects = Math.min(firstObjects, offset);
            }
        }
    }

    /// The offset of the first instruction on structures, arrays or i31 in a validated module, or
    /// -1.
    public int firstObjects() {
        return firstObjects == Integer.MAX_VALUE ? -1 : firstObjects;
    }

    /// Collects the parts of a module; used by the reader of the binary format alone.
    public static final class Builder {
        final byte[] bytes;
        final Features features;
        public List<SubType> types = List.of();
        public DefType[] defTypes = {};
        public int[] recursionGroups = {};
        public List<Import> imports = List.of();
        public int[] functionTypes = {};
        public int[] bodyStarts = {};
        public int[] bodyEnds = {};
        public List<TableType> tables = List.of();
        public List<@Nullable ConstExpr> tableInits = List.of();
        public List<MemoryType> memories = List.of();
        public List<GlobalType> globals = List.of();
        public List<ConstExpr> globalInits = List.of();
        public int[] tagTypes = {};
        public List<Export> exports = List.of();
        public int start = -1;
        public List<ElementSegment> elements = List.of();
        public List<DataSegment> dataSegments = List.of();
        public int dataCount = -1;
        public List<CustomSection> customSections = List.of();

        public Builder(byte[] bytes, Features features) {
            this.bytes = bytes;
            this.features = features;
        }

        public Module build() {
            return new Module(this);
        }
    }

    @Override
    public String toString() {
        return "Module[" + bytes.length + " bytes, " + functionTypes.length + " functions]";
    }
}
