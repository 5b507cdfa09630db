package dev.windlass.internal;

import dev.windlass.Engine;
import dev.windlass.WasmModule;
import dev.windlass.wasm.Module;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// What other modules of Windlass may do with an API module.
public final class Modules {
    /// Implemented by the class itself.
    public interface Access {
        Module module(WasmModule module);

        WasmModule parse(Engine engine, byte[] bytes);

        WasmModule validated(Engine engine, byte[] bytes);
    }

    private static @Nullable Access access;

    private Modules() {}

    /// Called once, by the class itself.
    public static void access(Access implementation) {
        access = implementation;
    }

    private static Access access() {
        Access known = access;
        if (known == null) {
            initialise();
            known = access;
        }
        if (known == null) {
            throw new IllegalStateException("WasmModule has not been initialised");
        }
        return known;
    }

    private static void initialise() {
        try {
            MethodHandles.lookup().ensureInitialized(WasmModule.class);
        } catch (IllegalAccessException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// The module layer's module.
    public static Module module(WasmModule module) {
        return access().module(module);
    }

    /// As [WasmModule#parse(Engine, byte[])] without a copy.
    ///
    /// @param bytes not to be changed any more
    public static WasmModule parse(Engine engine, byte[] bytes) {
        return access().parse(engine, bytes);
    }

    /// A module in the binary format that has been validated before with no more features than the
    /// engine's, and is not validated again.
    ///
    /// @param bytes not to be changed any more
    public static WasmModule validated(Engine engine, byte[] bytes) {
        return access().validated(engine, bytes);
    }
}
