package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.TargetMachine;
import dev.windlass.llvm.lowering.FunctionLowering;
import dev.windlass.llvm.lowering.ModuleLowering;
import dev.windlass.llvm.lowering.UnsupportedInstruction;
import dev.windlass.wasm.Module;
import java.util.Map;
import java.util.TreeMap;

/// Some functions of a module that are compiled together: one LLVM module, one object file.
final class Batch {
    private final Module module;
    private final CompileOptions options;
    private final int from;
    private final int to;

    /// Functions that stay with the interpreter, with the reason.
    final Map<Integer, String> interpreted = new TreeMap<>();

    /// @param from the first function
    /// @param to after the last one
    Batch(Module module, CompileOptions options, int from, int to) {
        this.module = module;
        this.options = options;
        this.from = from;
        this.to = to;
    }

    /// Compiles. A function that cannot be lowered spoils LLVM's module, so the batch begins again
    /// without it.
    byte[] compile() {
        while (true) {
            int refused = -1;
            try (TargetMachine target = Targets.machine(options);
                    Ir ir = new Ir("windlass." + from)) {
                target.prepare(ir);
                refused = lower(ir);
                if (refused < 0) {
                    ir.verify();
                    target.run(ir, Passes.of(options.level()));
                    return target.object(ir);
                }
            }
        }
    }

    /// @return the function that could not be lowered, or -1
    private int lower(Ir ir) {
        ModuleLowering lowering = new ModuleLowering(module, ir, options);
        for (int i = from; i < to; i++) {
            if (!interpreted.containsKey(i) && !options.isInterpreted(i)) {
                try {
                    FunctionLowering.lower(lowering, i);
                } catch (UnsupportedInstruction e) {
                    interpreted.put(i, String.valueOf(e.getMessage()));
                    return i;
                }
            }
        }
        for (int i = from; i < to; i++) {
            if (options.isInterpreted(i)) {
                interpreted.put(i, "left to the interpreter on request");
            }
        }
        interpreted.keySet().forEach(lowering::standIn);
        return -1;
    }
}
