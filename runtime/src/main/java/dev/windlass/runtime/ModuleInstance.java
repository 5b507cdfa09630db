package dev.windlass.runtime;

import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A module instance. Belongs to a store.
public final class ModuleInstance {
    private final RuntimeStore store;
    private final Module module;
    private final ModuleCode code;
    private final ContextLayout layout;
    private final long context;

    private final FunctionInstance[] importedFunctions;
    private final int firstNumber;
    private final long records;

    final MemoryInstance[] memories;
    final TableInstance[] tables;
    final GlobalInstance[] globals;
    final TagInstance[] tags;
    private final Segments segments;

    /// Allocates the context and takes the imports, which match; what the module itself defines is
    /// added by [Instantiation].
    ModuleInstance(RuntimeStore store, ModuleCode code, List<Extern> imports) {
        this.store = store;
        this.code = code;
        module = code.module();
        layout = ContextLayout.of(module);
        context = store.allocate(layout.size());
        Raw.putLong(context + ContextLayout.STORE_STATE, store.state());
        store.interruption().addContext(context);
        for (int i = 0; i < module.types().size(); i++) {
            Raw.putInt(context + layout.type(i), module.defType(i).id());
        }
        importedFunctions = new FunctionInstance[module.importedCount(ExternKind.FUNC)];
        memories = new MemoryInstance[module.memories().size()];
        tables = new TableInstance[module.tables().size()];
        globals = new GlobalInstance[module.globals().size()];
        tags = new TagInstance[module.tagCount()];
        segments = new Segments(this);
        int defined = module.functionCount() - importedFunctions.length;
        firstNumber = store.reserveFunctions(this, defined);
        records = store.allocate((long) defined * FunctionRecord.SIZE);
        for (int i = 0; i < imports.size(); i++) {
            takeImport(module.imports().get(i).index(), imports.get(i));
        }
    }

    private void takeImport(int index, Extern extern) {
        switch (extern.kind()) {
            case FUNC -> importedFunctions[index] = (FunctionInstance) extern;
            case MEMORY -> put(index, (MemoryInstance) extern);
            case TABLE -> put(index, (TableInstance) extern);
            case GLOBAL -> put(index, (GlobalInstance) extern);
            case TAG -> tags[index] = (TagInstance) extern;
        }
    }

    void put(int index, MemoryInstance memory) {
        memories[index] = memory;
        Raw.putLong(context + layout.memory(index), memory.record());
        if (index == 0) {
            memory.addContext(context);
        }
    }

    void put(int index, TableInstance table) {
        tables[index] = table;
        Raw.putLong(context + layout.table(index), table.record());
    }

    void put(int index, GlobalInstance global) {
        globals[index] = global;
        if (layout.isGlobalIndirect(index)) {
            Raw.putLong(context + layout.global(index), global.cell());
        }
    }

    public RuntimeStore store() {
        return store;
    }

    public Module module() {
        return module;
    }

    /// What the engine made of the module.
    public ModuleCode code() {
        return code;
    }

    /// The address of the context.
    public long context() {
        return context;
    }

    public ContextLayout layout() {
        return layout;
    }

    /// A function of the index space; made when first asked for.
    public FunctionInstance function(int index) {
        int defined = index - importedFunctions.length;
        return defined < 0
                ? importedFunctions[index]
                : store.functionByNumber(firstNumber + defined);
    }

    /// The reference to a function of the index space: the address of its record.
    public long functionReference(int index) {
        int defined = index - importedFunctions.length;
        return defined < 0 ? importedFunctions[index].record() : filledRecord(index, defined);
    }

    /// The record of a function that is defined here, filled when first asked for.
    private long filledRecord(int index, int defined) {
        long record = records + (long) defined * FunctionRecord.SIZE;
        if (Raw.getLong(record + FunctionRecord.CONTEXT) == 0) {
            int typeId = module.defType(module.functionTypeIndex(index)).id();
            FunctionRecord.fill(record, context, typeId, firstNumber + defined);
            Raw.putLong(context + layout.function(index), record);
            code.link(record, index);
        }
        return record;
    }

    /// Makes the object of a function that is defined here; [FunctionNumbers] keeps it.
    FunctionInstance makeFunction(int defined) {
        int index = importedFunctions.length + defined;
        return new FunctionInstance(
                store,
                module.defType(module.functionTypeIndex(index)),
                this,
                index,
                null,
                firstNumber + defined,
                filledRecord(index, defined));
    }

    public MemoryInstance memory(int index) {
        return memories[index];
    }

    public TableInstance table(int index) {
        return tables[index];
    }

    public GlobalInstance global(int index) {
        return globals[index];
    }

    public TagInstance tag(int index) {
        return tags[index];
    }

    /// Data and element segments.
    public Segments segments() {
        return segments;
    }

    /// What is exported under that name, or null.
    public @Nullable Extern export(String name) {
        Export export = module.export(name);
        return export == null ? null : extern(export.kind(), export.index());
    }

    /// What has that index in the index space of its kind.
    public Extern extern(ExternKind kind, int index) {
        return switch (kind) {
            case FUNC -> function(index);
            case MEMORY -> memory(index);
            case TABLE -> table(index);
            case GLOBAL -> global(index);
            case TAG -> tag(index);
        };
    }
}
