package dev.windlass.spec;

import dev.windlass.Engine;
import dev.windlass.Extern;
import dev.windlass.Func;
import dev.windlass.Global;
import dev.windlass.Instance;
import dev.windlass.Linker;
import dev.windlass.Store;
import dev.windlass.UnsupportedModuleException;
import dev.windlass.WasmModule;
import dev.windlass.wasm.text.Command;
import dev.windlass.wasm.text.ScriptModule;
import dev.windlass.wasm.text.WatModule;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The modules and instances of a script by their identifiers, and the names under which instances
/// are registered for import.
final class Instances implements AutoCloseable {
    private final Engine engine;
    private final Store store;
    private final Map<String, Unit> registry = new HashMap<>();
    private final Map<String, Unit> units;
    private final Map<String, WasmModule> modules = new HashMap<>();
    private Unit newest = new Unit.Missing("there is no module yet");
    private @Nullable WasmModule newestModule;

    /// @param shared instances of another thread by their identifiers
    Instances(Engine engine, Map<String, Unit> shared) {
        this.engine = engine;
        store = new Store(engine);
        units = new HashMap<>(shared);
        registry.put(Spectest.NAME, new Unit.Present(Spectest.in(store)));
    }

    // Modules.

    /// A module, of which an instance is made.
    void define(ScriptModule module, int line) {
        Unit unit = new Unit.Missing("the module at line " + line + " failed");
        try {
            WasmModule parsed = parse(module);
            remember(module.id(), parsed);
            unit = instantiate(parsed);
        } finally {
            name(module.id(), unit);
        }
    }

    /// A module without an instance.
    void defineOnly(ScriptModule module) {
        remember(module.id(), parse(module));
    }

    private void remember(@Nullable String id, WasmModule module) {
        newestModule = module;
        if (id != null) {
            modules.put(id, module);
        }
    }

    /// An instance of a module that was defined before.
    void instantiate(@Nullable String instance, @Nullable String module, int line) {
        WasmModule defined = module == null ? newestModule : modules.get(module);
        if (defined == null) {
            throw new ScriptFailure("there is no module " + module);
        }
        Unit unit = new Unit.Missing("the instance at line " + line + " failed");
        try {
            unit = instantiate(defined);
        } finally {
            name(instance, unit);
        }
    }

    private void name(@Nullable String id, Unit unit) {
        newest = unit;
        if (id != null) {
            units.put(id, unit);
        }
    }

    /// Makes an instance that gets no name: it is expected to fail.
    void tryOut(ScriptModule module) {
        if (instantiate(parse(module)) instanceof Unit.Unsupported u) {
            throw new Unsupported(u.reason());
        }
    }

    private WasmModule parse(ScriptModule module) {
        WatModule parsed = module.parse(engine.features());
        parsed.validated(engine.features());
        return WasmModule.parse(engine, parsed.bytes());
    }

    private Unit instantiate(WasmModule module) {
        Linker linker = new Linker();
        for (String from : module.imports().stream().map(i -> i.module()).distinct().toList()) {
            switch (registry.get(from)) {
                case Unit.Present p -> p.exports().forEach((n, e) -> linker.define(from, n, e));
                case Unit.Unsupported u -> {
                    return u;
                }
                case Unit.Missing m -> throw new ScriptFailure(m.reason());
                case null -> {}
            }
        }
        try {
            Instance instance = linker.instantiate(store, module);
            return new Unit.Present(instance.exports());
        } catch (UnsupportedModuleException e) {
            return new Unit.Unsupported(String.valueOf(e.getMessage()));
        }
    }

    // Instances.

    /// The instance of that identifier, or the newest one.
    Unit unit(@Nullable String id) {
        Unit unit = id == null ? newest : units.get(id);
        return unit == null ? new Unit.Missing("there is no instance $" + id) : unit;
    }

    void register(String name, @Nullable String id) {
        registry.put(name, unit(id));
    }

    /// Calls a function or reads a global.
    @Nullable Object[] perform(Command.Action action) {
        Extern extern = export(action);
        return switch (action) {
            case Command.Invoke invoke when extern instanceof Func func ->
                    func.call(invoke.arguments().stream().map(ResultMatcher::argument).toArray());
            case Command.Get _ when extern instanceof Global global ->
                    new @Nullable Object[] {global.get()};
            case Command.Invoke _, Command.Get _ ->
                    throw new ScriptFailure("the export '" + action.name() + "' is another thing");
        };
    }

    private Extern export(Command.Action action) {
        return switch (unit(action.instance())) {
            case Unit.Present p -> {
                Extern extern = p.exports().get(action.name());
                if (extern == null) {
                    throw new ScriptFailure("there is no export '" + action.name() + "'");
                }
                yield extern;
            }
            case Unit.Unsupported u -> throw new Unsupported(u.reason());
            case Unit.Missing m -> throw new ScriptFailure(m.reason());
        };
    }

    /// Stops what runs in the store.
    void interrupt() {
        store.interrupt();
    }

    @Override
    public void close() {
        store.close();
    }
}
