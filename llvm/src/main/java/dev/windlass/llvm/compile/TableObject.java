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
/// itself, so that loading relocates nothing. 32-bit numbers:
///
/// | index | what |
/// |---|---|
/// | 0 | [#VERSION] |
/// | 1 | [HostCall#LIST_VERSION] |
/// | 2 | [ContextLayout#VERSION] |
/// | 3 | functions that the module defines |
/// | 4 | shapes |
/// | 5 | `wl_enter` |
/// | 6 | `wl_return` |
/// | 7 | `wl_signal`, 0 where there is none |
/// | 8 | `wl_signal_state` |
/// | 9 | the start of the library |
/// | 10 | 1 if functions call each other through their records, else 0 |
/// | 11 | 1 if functions pay for their instructions, else 0 |
/// | 12... | the code of each function, 0 where it has none |
/// | then | enter thunk and bridge of each shape |
public final class TableObject {
    public static final String SYMBOL = "windlass_table";
    public static final int VERSION = 3;
    public static final int HEADER = 12;
    public static final int PER_SHAPE = 2;

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
        long enterType = ir.functionType(ir.voidType);
        cells.add(ir.i32(VERSION));
        cells.add(ir.i32(HostCall.LIST_VERSION));
        cells.add(ir.i32(ContextLayout.VERSION));
        cells.add(ir.i32(defined));
        cells.add(ir.i32(shapes.size()));
        cells.add(ir.distance(ir.functionOnce("wl_enter", enterType), table));
        cells.add(ir.distance(ir.functionOnce("wl_return", enterType), table));
        for (String name : List.of("wl_signal", "wl_signal_state")) {
            cells.add(
                    lowering.hasSignals()
                            ? ir.distance(ir.functionOnce(name, enterType), table)
                            : ir.i32(0));
        }
        cells.add(ir.distance(ir.functionOnce("__ehdr_start", enterType), table));
        cells.add(ir.i32(lowering.isLinked() ? 1 : 0));
        cells.add(ir.i32(lowering.countsFuel() ? 1 : 0));
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
}
