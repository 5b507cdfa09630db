package dev.windlass;

import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.wasm.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names what modules may import, and makes instances. Functions of the host can be defined once
/// and serve many stores; memories, tables, globals, tags and instances belong to the store that
/// they were made in. Not for use by several threads at once.
///
/// ```java
/// Linker linker = new Linker();
/// linker.func("env", "add", Signature.I32_I32_TO_I32, Integer::sum);
/// Instance instance = linker.instantiate(store, module);
/// ```
public final class Linker {
    private final Map<Name, Definition> definitions = new HashMap<>();

    /// A linker without definitions.
    public Linker() {}

    private record Name(String module, String name) {}

    /// What a name stands for: in a store, something of that store.
    @FunctionalInterface
    private interface Definition {
        Extern in(Store store);
    }

    /// Defines a function of the host; a later definition of the same name replaces an earlier one.
    public Linker func(String module, String name, FunctionType type, HostFunction function) {
        return put(module, name, store -> store.newFunc(type, function));
    }

    /// Defines a function of the host by a lambda of a known shape.
    public <F> Linker func(String module, String name, Signature<F> signature, F function) {
        return put(module, name, store -> store.newFunc(signature, function));
    }

    /// Defines something of a store.
    public Linker define(String module, String name, Extern extern) {
        return put(module, name, store -> extern);
    }

    /// Defines all exports of an instance under a module name.
    public Linker instance(String module, Instance instance) {
        instance.exports().forEach((name, extern) -> define(module, name, extern));
        return this;
    }

    private Linker put(String module, String name, Definition definition) {
        definitions.put(new Name(module, name), definition);
        return this;
    }

    /// Makes an instance: finds the imports, initialises, runs the start function. A `_start` or
    /// `_initialize` export is not called.
    ///
    /// @throws LinkException if an import is missing or does not match
    /// @throws Trap if a segment does not fit or the start function traps
    /// @throws GuestException if the start function throws what nobody catches
    /// @throws UnsupportedModuleException if the module needs what cannot be executed yet
    public Instance instantiate(Store store, WasmModule module) {
        boolean outermost = store.enter();
        try {
            return new Instance(store, instantiateLower(store, module));
        } finally {
            store.leave(outermost);
        }
    }

    private ModuleInstance instantiateLower(Store store, WasmModule module) {
        if (!module.engine().execution().equals(store.engine().execution())) {
            throw new IllegalArgumentException("the module was made for another engine");
        }
        try {
            return Instantiation.instantiate(
                    store.runtime(), module.code(), imports(store, module));
        } catch (dev.windlass.runtime.LinkException e) {
            throw new LinkException(e.getMessage());
        } catch (dev.windlass.runtime.UnsupportedModuleException e) {
            throw new UnsupportedModuleException(e.getMessage());
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } catch (dev.windlass.runtime.GuestException e) {
            throw new GuestException(store, e);
        }
    }

    private List<dev.windlass.runtime.Extern> imports(Store store, WasmModule module) {
        List<dev.windlass.runtime.Extern> found = new ArrayList<>();
        for (Import i : module.module().imports()) {
            Definition definition = definitions.get(new Name(i.module(), i.name()));
            if (definition == null) {
                throw new LinkException(
                        "unknown import: the module needs the "
                                + i.kind().text()
                                + " '"
                                + i.name()
                                + "' of '"
                                + i.module()
                                + "'");
            }
            found.add(lower(store, definition.in(store), i));
        }
        return found;
    }

    private static dev.windlass.runtime.Extern lower(Store store, Extern extern, Import i) {
        String what = "'" + i.name() + "' of '" + i.module() + "'";
        return switch (extern) {
            case Func f -> {
                store.requireOwn(f.store(), what);
                yield f.instance();
            }
            case Table t -> {
                store.requireOwn(t.store(), what);
                yield t.instance();
            }
            case Memory m -> {
                if (!m.instance().type().shared()) {
                    store.requireOwn(m.store(), what);
                }
                yield m.instance();
            }
            case Global g -> {
                store.requireOwn(g.store(), what);
                yield g.instance();
            }
            case Tag t -> t.instance();
        };
    }
}
