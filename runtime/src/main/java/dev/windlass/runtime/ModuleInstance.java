package dev.windlass.runtime;

import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Module;
import org.jspecify.annotations.Nullable;

/// A module instance. Belongs to a store.
public final class ModuleInstance {
    ModuleInstance() {}

    public RuntimeStore store() {
        throw new UnsupportedOperationException();
    }

    public Module module() {
        throw new UnsupportedOperationException();
    }

    /// What the engine made of the module.
    public ModuleCode code() {
        throw new UnsupportedOperationException();
    }

    /// The address of the context.
    public long context() {
        throw new UnsupportedOperationException();
    }

    public ContextLayout layout() {
        throw new UnsupportedOperationException();
    }

    /// A function of the index space; made when first asked for.
    public FunctionInstance function(int index) {
        throw new UnsupportedOperationException();
    }

    public MemoryInstance memory(int index) {
        throw new UnsupportedOperationException();
    }

    public TableInstance table(int index) {
        throw new UnsupportedOperationException();
    }

    public GlobalInstance global(int index) {
        throw new UnsupportedOperationException();
    }

    public TagInstance tag(int index) {
        throw new UnsupportedOperationException();
    }

    /// What is exported under that name, or null.
    public @Nullable Extern export(String name) {
        throw new UnsupportedOperationException();
    }
}
