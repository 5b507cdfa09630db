package dev.windlass.internal;

import dev.windlass.WasmModule;
import dev.windlass.wasm.Module;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The module layer's module of an API module.
public final class Modules {
    private static @Nullable Function<WasmModule, Module> access;

    private Modules() {}

    /// Called once, by the class itself.
    public static void access(Function<WasmModule, Module> function) {
        access = function;
    }

    public static Module module(WasmModule module) {
        Function<WasmModule, Module> function = access;
        if (function == null) {
            throw new IllegalStateException("WasmModule has not been initialised");
        }
        return function.apply(module);
    }
}
