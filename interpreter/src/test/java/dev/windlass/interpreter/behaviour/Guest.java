package dev.windlass.interpreter.behaviour;

import dev.windlass.interpreter.Interpreter;
import dev.windlass.runtime.Extern;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.util.List;
import java.util.Objects;

/// A store with instances of modules given as text.
final class Guest implements AutoCloseable {
    final RuntimeStore store;

    Guest() {
        this(StoreLimits.DEFAULT);
    }

    Guest(StoreLimits limits) {
        store = new RuntimeStore(engine(), limits);
    }

    /// The engine under test.
    private static ExecutionEngine engine() {
        return new Interpreter();
    }

    ModuleInstance instance(String text, Extern... imports) {
        Module module = WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
        return Instantiation.instantiate(store, store.engine().load(module), List.of(imports));
    }

    /// A function of the host with the type of an import.
    FunctionInstance host(String type, HostFunction function) {
        String text = "(module (func (export \"f\") " + type + " unreachable))";
        FunctionInstance typed = function(instance(text), "f");
        return store.newHostFunction(typed.type(), function);
    }

    static FunctionInstance function(ModuleInstance instance, String name) {
        return (FunctionInstance) Objects.requireNonNull(instance.export(name));
    }

    /// Calls an export; all values are one slot.
    ///
    /// @return the first result, or what was in its place
    long call(ModuleInstance instance, String name, long... arguments) {
        return call(function(instance, name), arguments);
    }

    long call(FunctionInstance function, long... arguments) {
        store.enter();
        try {
            long slots = store.slotTop();
            for (int i = 0; i < arguments.length; i++) {
                Raw.putLong(slots + 8L * i, arguments[i]);
            }
            store.invoke(function, slots);
            return Raw.getLong(slots);
        } finally {
            store.exit();
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
