package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.TargetMachine;
import dev.windlass.llvm.lowering.FunctionLowering;
import dev.windlass.llvm.lowering.ModuleFacts;
import dev.windlass.llvm.lowering.ModuleLowering;
import dev.windlass.llvm.lowering.UnsupportedInstruction;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Some functions of a module that are compiled together: one LLVM module, one object file.
final class Batch {
    private final Module module;
    private final ModuleFacts facts;
    private final CompileOptions options;
    private final int from;
    private final int to;
    private final Output output;

    /// Functions that stay with the interpreter, with the reason.
    private final Map<Integer, String> interpreted;

    Batch(Module module, ModuleFacts facts, CompileOptions options, Job.Functions functions) {
        this.module = module;
        this.facts = facts;
        this.options = options;
        from = functions.from();
        to = functions.to();
        output = functions.output();
        interpreted = new TreeMap<>(functions.interpreted());
    }

    /// Whether these are all functions of the module, so that the table can be in the same object.
    private boolean isWhole() {
        return to - from == module.functionCount() - module.importedCount(ExternKind.FUNC);
    }

    /// Compiles. Functions that cannot be lowered spoil LLVM's module, so the batch begins again
    /// without them.
    JobResult compile() {
        output.prepare();
        while (true) {
            try (TargetMachine target = Targets.machine(options);
                    Ir ir = new Ir("windlass." + from)) {
                target.prepare(ir);
                if (options.level() == 0) {
                    ir.omitHints();
                }
                if (output == Output.OBJECT) {
                    ir.omitNames();
                }
                if (lower(new ModuleLowering(module, facts, ir, options))) {
                    ir.verify();
                    target.run(ir, Passes.of(options.level()));
                    byte[] object = output.of(target, ir);
                    if (!hasLargeFrames(ir)) {
                        return new JobResult(object, interpreted);
                    }
                }
            }
        }
    }

    /// Leaves functions with large frames to the interpreter.
    private boolean hasLargeFrames(Ir ir) {
        List<String> symbols = TargetMachine.largeFrames(ir);
        for (String symbol : symbols) {
            interpreted.put(ModuleLowering.index(symbol), "a frame of more than 64 KiB");
        }
        return !symbols.isEmpty();
    }

    /// @return false if functions were found that cannot be lowered
    private boolean lower(ModuleLowering lowering) {
        int refused = interpreted.size();
        for (int i = from; i < to; i++) {
            if (!interpreted.containsKey(i)) {
                try {
                    FunctionLowering.lower(lowering, i);
                } catch (UnsupportedInstruction e) {
                    interpreted.put(i, String.valueOf(e.getMessage()));
                }
            }
        }
        lowering.finish();
        if (interpreted.size() > refused) {
            return false;
        }
        interpreted.keySet().forEach(lowering::standIn);
        if (isWhole()) {
            TableObject.emit(lowering, interpreted.keySet());
        }
        return true;
    }
}
