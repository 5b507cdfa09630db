package dev.windlass.llvm.binding;

import static dev.windlass.llvm.binding.LlvmC.*;

/// Line tables of one LLVM module, in which the "line" of an instruction is its offset in the
/// guest's module: what backtraces are read from.
public final class DebugInfo {
    private static final int LANGUAGE_C = 1;
    private static final int LINE_TABLES_ONLY = 2;
    private static final int FLAG_WARNING = 1;
    private static final int DEBUG_INFO_VERSION = 3;
    private static final int DWARF_VERSION = 4;
    private static final String FILE = "module.wasm";
    private static final String PRODUCER = "windlass";

    private final Ir ir;
    private final long builder;
    private final long file;
    private final long type;
    private long scope;

    public DebugInfo(Ir ir) {
        this.ir = ir;
        builder = invoke(CREATE_DI_BUILDER, ir.module);
        file = invoke(DI_CREATE_FILE, builder, ir.string(FILE), FILE.length(), ir.string("."), 1);
        invokeMany(
                DI_CREATE_COMPILE_UNIT,
                builder,
                (long) LANGUAGE_C,
                file,
                ir.string(PRODUCER),
                (long) PRODUCER.length(),
                1L,
                EMPTY,
                0L,
                0L,
                EMPTY,
                0L,
                (long) LINE_TABLES_ONLY,
                0L,
                0L,
                0L,
                EMPTY,
                0L,
                EMPTY,
                0L);
        type = invoke(DI_CREATE_SUBROUTINE_TYPE, builder, file, 0, 0, 0);
        flag("Debug Info Version", DEBUG_INFO_VERSION);
        flag("Dwarf Version", DWARF_VERSION);
    }

    private void flag(String name, int value) {
        long metadata = invoke(VALUE_AS_METADATA, ir.i32(value));
        invoke(ADD_MODULE_FLAG, ir.module, FLAG_WARNING, ir.string(name), name.length(), metadata);
    }

    /// Begins a function: the places that follow are in it.
    ///
    /// @param line of its start; 0 for code that stands for no place in the guest
    public void begin(long function, String name, int line) {
        scope =
                invokeMany(
                        DI_CREATE_FUNCTION,
                        builder,
                        file,
                        ir.string(name),
                        (long) name.length(),
                        EMPTY,
                        0L,
                        file,
                        (long) line,
                        type,
                        0L,
                        1L,
                        (long) line,
                        0L,
                        1L);
        invoke(SET_SUBPROGRAM, function, scope);
        none();
    }

    /// What is built from now on stands for the instruction at an offset.
    public void at(int offset) {
        ir.location(invoke(DI_CREATE_DEBUG_LOCATION, ir.context, offset, 0, scope, 0));
    }

    /// What is built from now on stands for no place.
    public void none() {
        ir.location(0);
    }

    /// To be called when all functions are there.
    public void finish() {
        invoke(DI_BUILDER_FINALIZE, builder);
        invoke(DISPOSE_DI_BUILDER, builder);
    }
}
