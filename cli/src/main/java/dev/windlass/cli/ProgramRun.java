package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.Func;
import dev.windlass.Instance;
import dev.windlass.Linker;
import dev.windlass.ResourceLimits;
import dev.windlass.Store;
import dev.windlass.Trap;
import dev.windlass.Wasi;
import dev.windlass.WasmModule;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of a program: module, store, imports, the call, its exit code.
final class ProgramRun {
    private static final String COMMAND = "_start";
    private static final String REACTOR = "_initialize";

    private final RunSettings settings;
    private final @Nullable Deadline deadline;
    private final Statistics statistics = new Statistics();
    private @Nullable NativeEngine nativeEngine;

    ProgramRun(RunSettings settings) {
        this.settings = settings;
        this.deadline = settings.timeout == null ? null : new Deadline(settings.timeout);
    }

    int execute() throws IOException {
        Engine engine = engine();
        WasmModule module = module(engine);
        statistics.loaded();
        try (Store store = new Store(engine)) {
            if (deadline != null) {
                deadline.watch(store::interrupt);
            }
            if (settings.fuel != null) {
                store.setFuel(settings.fuel);
            }
            try {
                return inStore(store, module);
            } finally {
                if (settings.stats) {
                    System.err.print(statistics.text(store, settings.fuel) + compiled());
                }
            }
        } catch (Trap trap) {
            return trapped(trap);
        }
    }

    private WasmModule module(Engine engine) {
        byte[] carried = nativeEngine == null ? null : nativeEngine.module();
        return carried == null
                ? ModuleFile.load(engine, settings.module)
                : ModuleFile.carried(engine, settings.module, carried);
    }

    private String compiled() {
        return nativeEngine == null ? "" : nativeEngine.report();
    }

    private int inStore(Store store, WasmModule module) throws IOException {
        if (!Wasi.isNeededBy(module)) {
            return call(new Linker().instantiate(store, module));
        }
        try (Wasi wasi = Wasi.open(WasiSettings.of(settings))) {
            Instance instance = new Linker().wasi(wasi).instantiate(store, module);
            return wasi.run(store, () -> call(instance));
        }
    }

    private int trapped(Trap trap) {
        int code = Failure.report(trap);
        if (deadline != null && deadline.isExpired()) {
            System.err.println("windlass: " + deadline.message());
        }
        return code;
    }

    private Engine engine() {
        ResourceLimits limits = ResourceLimits.DEFAULT;
        if (settings.maxMemory != null) {
            limits = limits.withMaxMemory(settings.maxMemory);
        }
        if (settings.stackSize != null) {
            limits = limits.withStackSize(settings.stackSize);
        }
        Engine engine = Engine.create().withFeatures(settings.features).withLimits(limits);
        String name = settings.precompiled ? EngineChoice.LLVM : settings.engine;
        return EngineChoice.of(name, engine, this::compiling);
    }

    private Engine compiling(Engine engine) {
        nativeEngine = NativeEngine.of(settings);
        return nativeEngine.engine(engine);
    }

    private int call(Instance instance) {
        statistics.instantiated();
        function(instance, REACTOR).ifPresent(Func::call);
        if (settings.invoke != null) {
            String results =
                    Invocation.call(
                            exported(instance, settings.invoke), settings.invoke, settings.args);
            System.out.print(results);
            System.out.flush();
            return ExitCode.OK;
        }
        Optional<Func> start = function(instance, COMMAND);
        if (start.isPresent()) {
            start.get().call();
            return ExitCode.OK;
        }
        if (function(instance, REACTOR).isPresent()) {
            return ExitCode.OK;
        }
        throw new InputException(
                "'"
                        + settings.module
                        + "' is a library, not a program (it exports no _start); call one of its"
                        + " functions with --invoke NAME, 'windlass inspect' lists them");
    }

    private static Optional<Func> function(Instance instance, String name) {
        return instance.export(name).filter(Func.class::isInstance).map(Func.class::cast);
    }

    private Func exported(Instance instance, String name) {
        return function(instance, name)
                .orElseThrow(() ->
                        new InputException(
                                "'"
                                        + settings.module
                                        + "' exports no function '"
                                        + name
                                        + "'; 'windlass inspect' lists its exports"));
    }
}
