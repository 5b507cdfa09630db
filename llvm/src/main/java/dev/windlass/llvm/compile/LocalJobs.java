package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.TargetMachine;
import dev.windlass.llvm.lowering.ModuleFacts;
import dev.windlass.llvm.lowering.ModuleLowering;
import dev.windlass.llvm.thunk.Support;
import dev.windlass.wasm.Module;
import java.util.Map;
import java.util.function.Consumer;

/// Does jobs with the LLVM of this process, on the calling thread.
final class LocalJobs implements JobRunner {
    private final Module module;
    private final ModuleFacts facts;

    LocalJobs(Module module) {
        this.module = module;
        facts = ModuleFacts.of(module);
    }

    @Override
    public JobResult run(CompileOptions options, Job job) {
        return switch (job) {
            case Job.Functions functions -> new Batch(module, facts, options, functions).compile();
            case Job.Support() ->
                    object(options, "support", ir -> Support.emit(ir, options.triple()));
            case Job.Table(var interpreted) ->
                    object(
                            options,
                            "table",
                            ir ->
                                    TableObject.emit(
                                            new ModuleLowering(module, facts, ir, options),
                                            interpreted));
        };
    }

    private static JobResult object(CompileOptions options, String name, Consumer<Ir> content) {
        try (TargetMachine target = Targets.machine(options.atLevel(1));
                Ir ir = new Ir("windlass." + name)) {
            target.prepare(ir);
            content.accept(ir);
            ir.verify();
            return new JobResult(target.object(ir), Map.of());
        }
    }
}
