package dev.windlass.wasm.validation;

import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.DataSegment;
import dev.windlass.wasm.ElementSegment;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.SegmentMode;
import dev.windlass.wasm.Subtyping;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The rules of everything in a module but types and code, in the order of the sections.
final class ModuleRules {
    private static final long MAX_TABLE_32 = 0xFFFF_FFFFL;

    private final ModuleContext context;
    private final Module module;
    private final FunctionValidator expressions;

    ModuleRules(ModuleContext context) {
        this.context = context;
        module = context.module;
        expressions = new FunctionValidator(context);
    }

    void validate() {
        importedGlobals();
        tables();
        memories();
        tags();
        globals();
        exports();
        start();
        elements();
        data();
    }

    private boolean has(Feature feature) {
        return module.features().has(feature);
    }

    private int place(int section) {
        return Places.of(module, section);
    }

    // Tables.

    private void tables() {
        List<TableType> tables = module.tables();
        if (tables.size() > 1 && !has(Feature.REFERENCE_TYPES)) {
            throw Errors.multiple("tables", place(Places.TABLES));
        }
        int imported = module.importedCount(ExternKind.TABLE);
        int imports = place(Places.IMPORTS);
        int section = place(Places.TABLES);
        for (int i = 0; i < tables.size(); i++) {
            int place = i < imported ? imports : section;
            checkTable(tables.get(i), place);
            if (i >= imported) {
                checkInit(i, tables.get(i).element(), place);
            }
        }
    }

    private void checkTable(TableType table, int at) {
        context.checkValType(table.element(), at);
        Limits limits = table.limits();
        if (!table.is64() && (isAbove(limits.min(), MAX_TABLE_32) || isMaxAbove(limits))) {
            throw Errors.tableSize(at);
        }
        checkOrder(limits, at);
    }

    private static boolean isMaxAbove(Limits limits) {
        return limits.hasMax() && isAbove(limits.max(), MAX_TABLE_32);
    }

    private static boolean isAbove(long value, long limit) {
        return Long.compareUnsigned(value, limit) > 0;
    }

    private static void checkOrder(Limits limits, int at) {
        if (limits.hasMax() && isAbove(limits.min(), limits.max())) {
            throw Errors.limitsOrder(at);
        }
    }

    private void checkInit(int table, int element, int at) {
        ConstExpr init = module.tableInit(table);
        if (init != null) {
            constant(init, element, module.importedCount(ExternKind.GLOBAL));
        } else if (!ValType.isDefaultable(element)) {
            throw Errors.notDefaultable(ValType.text(element), at);
        }
    }

    private void constant(ConstExpr expression, int type, int globals) {
        expressions.constant(expression.start(), expression.end(), type, globals);
    }

    // Memories, tags, globals.

    private void memories() {
        List<MemoryType> memories = module.memories();
        if (memories.size() > 1 && !has(Feature.MULTI_MEMORY)) {
            throw Errors.multiple("memories", place(Places.MEMORIES));
        }
        int imported = module.importedCount(ExternKind.MEMORY);
        for (int i = 0; i < memories.size(); i++) {
            checkMemory(memories.get(i), place(i < imported ? Places.IMPORTS : Places.MEMORIES));
        }
    }

    private static void checkMemory(MemoryType memory, int at) {
        int pageSize = memory.pageSizeLog2();
        if (pageSize != 0 && pageSize != MemoryType.DEFAULT_PAGE_SIZE_LOG2) {
            throw Errors.invalidPageSize(pageSize, at);
        }
        Limits limits = memory.limits();
        long most = memory.maxPages();
        if (isAbove(limits.min(), most) || (limits.hasMax() && isAbove(limits.max(), most))) {
            throw Errors.memorySize(sizeText(memory), at);
        }
        checkOrder(limits, at);
        if (memory.shared() && !limits.hasMax()) {
            throw Errors.sharedMax(at);
        }
    }

    private static String sizeText(MemoryType memory) {
        if (memory.pageSizeLog2() == 0) {
            return memory.is64() ? "2^64-1 bytes" : "2^32-1 bytes";
        }
        return memory.is64() ? "2^48 pages (16EiB)" : "65536 pages (4GiB)";
    }

    private void tags() {
        for (int i = 0; i < module.tagCount(); i++) {
            if (context.tag(i, 0).results().length > 0) {
                boolean isImported = i < module.importedCount(ExternKind.TAG);
                throw Errors.tagResult(place(isImported ? Places.IMPORTS : Places.TAGS));
            }
        }
    }

    /// Before everything else: the initial elements of tables may read them.
    private void importedGlobals() {
        int at = place(Places.IMPORTS);
        for (int i = 0; i < module.importedCount(ExternKind.GLOBAL); i++) {
            checkImported(module.globals().get(i), at);
        }
    }

    private void globals() {
        List<GlobalType> globals = module.globals();
        for (int i = module.importedCount(ExternKind.GLOBAL); i < globals.size(); i++) {
            ConstExpr init = module.globalInit(i);
            context.checkValType(globals.get(i).type(), init.start());
            constant(init, globals.get(i).type(), i);
        }
    }

    private void checkImported(GlobalType global, int at) {
        context.checkValType(global.type(), at);
        if (global.mutable() && !has(Feature.MUTABLE_GLOBALS)) {
            throw Errors.mutableGlobal("imported", at);
        }
    }

    // Exports, start.

    private void exports() {
        Set<String> names = new HashSet<>();
        int section = place(Places.EXPORTS);
        for (Export export : module.exports()) {
            if (!names.add(export.name())) {
                throw Errors.duplicateExport(export.name(), section);
            }
            checkExport(export, section);
        }
    }

    private void checkExport(Export export, int at) {
        int index = export.index();
        switch (export.kind()) {
            case FUNC -> {
                context.checkFunction(index, at);
                context.declare(index);
            }
            case TABLE -> context.table(index, at);
            case MEMORY -> context.memoryAddressType(index, at);
            case GLOBAL -> {
                if (context.global(index, at).mutable() && !has(Feature.MUTABLE_GLOBALS)) {
                    throw Errors.mutableGlobal("exported", at);
                }
            }
            case TAG -> context.tag(index, at);
        }
    }

    private void start() {
        if (module.start() < 0) {
            return;
        }
        FuncType type = context.functionType(module.start(), place(Places.START));
        if (!type.equals(FuncType.EMPTY)) {
            throw Errors.startFunction(type.toString(), place(Places.START));
        }
    }

    // Segments.

    private void elements() {
        for (ElementSegment segment : module.elements()) {
            checkElements(segment);
        }
    }

    private void checkElements(ElementSegment segment) {
        int at = segment.start();
        context.checkValType(segment.type(), at);
        ConstExpr offset = segment.offset();
        if (segment.mode() == SegmentMode.ACTIVE && offset != null) {
            TableType table = context.table(segment.table(), at);
            if (!Subtyping.matches(module, segment.type(), table.element())) {
                throw Errors.unfit(
                        "elements of " + ValType.text(table.element()),
                        ValType.text(segment.type()),
                        at);
            }
            constant(offset, table.addressType(), context.globalCount());
        }
        int[] functions = segment.functions();
        if (functions != null) {
            for (int function : functions) {
                context.checkFunction(function, at);
                context.declare(function);
            }
        }
        for (ConstExpr expression : segment.expressions()) {
            constant(expression, segment.type(), context.globalCount());
        }
    }

    private void data() {
        for (DataSegment segment : module.dataSegments()) {
            ConstExpr offset = segment.offset();
            if (offset != null) {
                int address = context.memoryAddressType(segment.memory(), offset.start());
                constant(offset, address, context.globalCount());
            }
        }
    }
}
