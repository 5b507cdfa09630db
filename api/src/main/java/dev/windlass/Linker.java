package dev.windlass;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private final Map<Imports.Name, Imports.Definition> definitions = new HashMap<>();
    private @Nullable Wasi wasi;

    /// A linker without definitions.
    public Linker() {}

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

    /// Gives the imports of WASI preview 1 and wasi-threads that are not defined here otherwise. For
    /// a program with threads, a shared memory that it imports is made for it.
    public Linker wasi(Wasi process) {
        wasi = process;
        return this;
    }

    private Linker put(String module, String name, Imports.Definition definition) {
        definitions.put(new Imports.Name(module, name), definition);
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
            Imports imports = new Imports(definitions, wasi);
            imports.prepareThreads(store, module);
            return imports.instantiate(store, module);
        } finally {
            store.leave(outermost);
        }
    }
}
