package dev.windlass.bench;

import java.nio.file.Path;
import java.util.function.Function;
import run.endive.compiler.MachineFactoryCompiler;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.runtime.Store;

/// Endive's compiler to bytecode, at run time, once for all runs.
public final class EndiveCompilerEngine extends EndiveEngine {
    private Function<Instance, Machine> compiled;

    @Override
    public void load(Path path) {
        super.load(path);
        compiled = MachineFactoryCompiler.compile(module);
    }

    @Override
    protected void start(Store store) {
        store.instantiate(
                "main",
                imports ->
                        Instance.builder(module)
                                .withImportValues(imports)
                                .withMachineFactory(compiled)
                                .build());
    }
}
