package dev.windlass.llvm.compile;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.lowering.ModuleLowering;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.llvm.thunk.Thunks;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The one symbol that a library exports: where everything in it is, as distances from the table
/// itself, so that loading relocates nothing. 32-bit numbers: the [Cell]s, then the code of each
/// function that the module defines, 0 where it has none, then enter thunk and bridge of each shape.
public final class TableObject {
    public static final String SYMBOL = "windlass_table";
    public static final int VERSION = 4;
    public static final int PER_SHAPE = 2;

    /// What the table begins with.
    public enum Cell {
        /// [TableObject#VERSION]
        VERSION,
        /// [HostCall#LIST_VERSION]
        HOST_CALLS,
        /// [ContextLayout#VERSION]
        CONTEXT,
        /// How many functions the module defines.
        DEFINED,
        /// How many shapes there are.
        SHAPES,
        /// `wl_enter`
        ENTER,
        /// `wl_return`
        RETURN,
        /// `wl_signal`, 0 where there is none.
        SIGNAL,
        /// `wl_signal_state`, 0 where there is none.
        SIGNAL_STATE,
        /// The start of the library.
        START,
        /// 1 if functions call each other through their records, else 0.
        IS_LINKED,
        /// 1 if functions pay for their instructions, else 0.
        COUNTS_FUEL;

        /// Where in the table it is.
        @SuppressWarnings("EnumOrdinal") // the order is the table's
        public int index() {
            return ordinal();
        }
    }

    /// How many cells come before the functions.
    public static final int HEADER = Cell.values().length;

    private TableObject() {}

    /// Adds the table, the thunks and the copies of frozen tables to a module.
    ///
    /// @param interpreted functions without native code
    static void emit(ModuleLowering lowering, Set<Integer> interpreted) {
        Ir ir = lowering.ir();
        Module module = lowering.module();
        List<Shape> shapes = Shape.of(module);
        int imported = lowering.importedFunctions();
        int defined = module.functionCount() - imported;
        int size = HEADER + defined + PER_SHAPE * shapes.size();
        long table = ir.global(SYMBOL, ir.array(ir.i32, size));
        List<Long> cells = new ArrayList<>(size);
        for (Cell cell : Cell.values()) {
            cells.add(
                    switch (cell) {
                        case VERSION -> ir.i32(VERSION);
                        case HOST_CALLS -> ir.i32(HostCall.LIST_VERSION);
                        case CONTEXT -> ir.i32(ContextLayout.VERSION);
                        case DEFINED -> ir.i32(defined);
                        case SHAPES -> ir.i32(shapes.size());
                        case ENTER -> distance(ir, "wl_enter", table);
                        case RETURN -> distance(ir, "wl_return", table);
                        case SIGNAL -> signal(lowering, "wl_signal", table);
                        case SIGNAL_STATE -> signal(lowering, "wl_signal_state", table);
                        case START -> distance(ir, "__ehdr_start", table);
                        case IS_LINKED -> ir.i32(lowering.isLinked() ? 1 : 0);
                        case COUNTS_FUEL -> ir.i32(lowering.countsFuel() ? 1 : 0);
                    });
        }
        for (int i = imported; i < module.functionCount(); i++) {
            boolean isNative = !interpreted.contains(i);
            cells.add(isNative ? ir.distance(lowering.function(i), table) : ir.i32(0));
        }
        for (int i = 0; i < shapes.size(); i++) {
            cells.add(ir.distance(Thunks.enter(ir, shapes.get(i), i), table));
            cells.add(ir.distance(Thunks.bridge(ir, shapes.get(i), i), table));
        }
        lowering.frozenTables();
        long[] array = cells.stream().mapToLong(Long::longValue).toArray();
        ir.initializer(table, ir.constantArray(ir.i32, array), true);
    }

    private static long signal(ModuleLowering lowering, String name, long table) {
        return lowering.hasSignals() ? distance(lowering.ir(), name, table) : lowering.ir().i32(0);
    }

    private static long distance(Ir ir, String symbol, long table) {
        return ir.distance(ir.functionOnce(symbol, ir.functionType(ir.voidType)), table);
    }
}
