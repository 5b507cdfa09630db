package dev.windlass.runtime;

import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.DataSegment;
import dev.windlass.wasm.ElementSegment;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.SegmentMode;
import dev.windlass.wasm.TableType;
import java.util.List;

/// Instantiation of modules.
///
/// @see <a href="https://webassembly.github.io/spec/core/exec/modules.html">Execution: modules</a>
public final class Instantiation {
    private final RuntimeStore store;
    private final ModuleInstance instance;
    private final Module module;
    private final ConstantEvaluator constants;

    private Instantiation(ModuleInstance instance) {
        this.instance = instance;
        store = instance.store();
        module = instance.module();
        constants = new ConstantEvaluator(instance);
    }

    /// Makes an instance: checks imports, allocates, initialises tables and memories, runs the start
    /// function. What was written into imported tables and memories before a failure stays.
    ///
    /// @param code of a validated module
    /// @param imports one a module import, in their order
    /// @throws LinkException if an import does not match
    /// @throws Trap if a segment does not fit, the start function traps, or there is not enough
    ///     memory
    /// @throws UnsupportedModuleException if the module needs what the engine does not execute
    public static ModuleInstance instantiate(
            RuntimeStore store, ModuleCode code, List<Extern> imports) {
        GcUse.refuse(code.module());
        store.enter();
        try {
            new ImportMatching(store, code.module()).check(imports);
            ModuleInstance instance = new ModuleInstance(store, code, imports);
            code.prepare(instance);
            new Instantiation(instance).run();
            return instance;
        } finally {
            store.exit();
        }
    }

    private void run() {
        allocateMemories();
        allocateGlobals();
        allocateTables();
        allocateTags();
        initTables();
        initMemories();
        if (module.start() >= 0) {
            store.invoke(instance.function(module.start()), store.slotTop());
        }
    }

    private void allocateMemories() {
        int imported = module.importedCount(ExternKind.MEMORY);
        for (int i = 0; i < imported; i++) {
            store.use(instance.memory(i));
        }
        for (int i = imported; i < module.memories().size(); i++) {
            instance.put(i, store.newMemory(module.memories().get(i)));
        }
    }

    /// In order: an initial value may mention the globals before it.
    private void allocateGlobals() {
        for (int i = module.importedCount(ExternKind.GLOBAL); i < module.globals().size(); i++) {
            GlobalType open = module.globals().get(i);
            GlobalType closed = new GlobalType(module.close(open.type()), open.mutable());
            long cell = instance.context() + instance.layout().global(i);
            long low = constants.evaluate(module.globalInit(i));
            instance.put(i, store.newGlobal(closed, cell, low, constants.high()));
        }
    }

    private void allocateTables() {
        for (int i = module.importedCount(ExternKind.TABLE); i < module.tables().size(); i++) {
            TableType open = module.tables().get(i);
            TableType closed =
                    new TableType(module.close(open.element()), open.limits(), open.is64());
            ConstExpr init = module.tableInit(i);
            long reference = init == null ? 0 : constants.evaluate(init);
            instance.put(i, store.newTable(closed, reference));
        }
    }

    private void allocateTags() {
        for (int i = module.importedCount(ExternKind.TAG); i < module.tagCount(); i++) {
            instance.tags[i] = new TagInstance(module.defType(module.tagTypeIndex(i)));
        }
    }

    private void initTables() {
        List<ElementSegment> segments = module.elements();
        for (int i = 0; i < segments.size(); i++) {
            ElementSegment segment = segments.get(i);
            ConstExpr offset = segment.offset();
            if (offset != null) {
                TableInstance table = instance.table(segment.table());
                long to = address(offset, table.type().is64());
                instance.segments().initTable(table, i, to, 0, segment.length());
            }
            if (segment.mode() != SegmentMode.PASSIVE) {
                instance.segments().dropElements(i);
            }
        }
    }

    private void initMemories() {
        List<DataSegment> segments = module.dataSegments();
        for (int i = 0; i < segments.size(); i++) {
            DataSegment segment = segments.get(i);
            ConstExpr offset = segment.offset();
            if (offset != null) {
                MemoryInstance memory = instance.memory(segment.memory());
                long to = address(offset, memory.type().is64());
                instance.segments().initMemory(memory, i, to, 0, segment.length());
                instance.segments().dropData(i);
            }
        }
    }

    private long address(ConstExpr offset, boolean is64) {
        long value = constants.evaluate(offset);
        return is64 ? value : value & 0xFFFF_FFFFL;
    }
}
