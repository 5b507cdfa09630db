package dev.windlass.llvm;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.util.List;
import java.util.Objects;

/// What each copy of Windlass in a process does: compiles, runs and traps.
public final class CopyProgram {
    private static final String TEXT =
            """
            (module (memory 1)
              (func (export "load") (param i32) (result i32) (i32.load (local.get 0))))
            """;

    private static final int ROUNDS = 2000;

    private CopyProgram() {}

    /// @return how accesses are kept inside, and how many of them trapped as they should
    public static String run() {
        Compiler compiler = new Compiler(CompileOptions.forThisMachine(), Compiler.Progress.NONE);
        LlvmEngine engine = new LlvmEngine(compiler);
        Module module = WatParser.parseModule(TEXT, Features.ALL).validated(Features.ALL);
        int traps = 0;
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance instance =
                    Instantiation.instantiate(store, engine.load(module), List.of());
            FunctionInstance load =
                    Objects.requireNonNull((FunctionInstance) instance.export("load"));
            for (int i = 0; i < ROUNDS; i++) {
                traps += traps(store, load, 65536 + i * 1000) ? 1 : 0;
                traps -= traps(store, load, i) ? 1 : 0;
            }
        }
        return compiler.memoryMode() + " " + traps * 100 / ROUNDS + " %";
    }

    private static boolean traps(RuntimeStore store, FunctionInstance load, int address) {
        store.enter();
        try {
            long slots = store.slotTop();
            Slots.putI64(slots, 0, address);
            store.invoke(load, slots);
            return false;
        } catch (Trap trap) {
            return trap.kind() == TrapKind.MEMORY_OUT_OF_BOUNDS;
        } finally {
            store.exit();
        }
    }
}
