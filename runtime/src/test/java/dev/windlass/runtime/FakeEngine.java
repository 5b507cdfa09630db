package dev.windlass.runtime;

import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.validation.Validator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An engine whose guest functions are written in Java by the test, by index.
final class FakeEngine implements ExecutionEngine {
    /// What a guest function does.
    interface Body {
        void run(ModuleInstance instance, long slots);
    }

    private final Map<Integer, Body> bodies = new HashMap<>();

    FakeEngine function(int index, Body body) {
        bodies.put(index, body);
        return this;
    }

    @Override
    public String name() {
        return "fake";
    }

    record Code(Module module) implements ModuleCode {}

    @Override
    public ModuleCode load(Module module) {
        return new Code(module);
    }

    @Override
    public void invoke(RuntimeStore store, FunctionInstance function, long slots) {
        ModuleInstance instance = function.instance();
        Body body = bodies.get(function.index());
        if (instance == null || body == null) {
            throw new AssertionError("no body for function " + function.index());
        }
        body.run(instance, slots);
    }

    RuntimeStore store() {
        return new RuntimeStore(this, StoreLimits.DEFAULT);
    }

    RuntimeStore store(long maxMemoryBytes) {
        return new RuntimeStore(this, StoreLimits.DEFAULT.withMaxMemoryBytes(maxMemoryBytes));
    }

    /// A validated module.
    static Module module(String wat) {
        Module module = ModuleReader.read(WatParser.parse(wat, Features.ALL), Features.ALL);
        Validator.validate(module);
        return module;
    }

    /// Instantiates a text.
    ModuleInstance instantiate(RuntimeStore store, String wat, Extern... imports) {
        return Instantiation.instantiate(store, load(module(wat)), List.of(imports));
    }
}
