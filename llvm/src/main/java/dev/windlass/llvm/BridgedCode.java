package dev.windlass.llvm;

import dev.windlass.llvm.entry.Bridges;
import dev.windlass.llvm.entry.Entry;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Module;

/// A module without native code, in stores where others may have some and call it.
record BridgedCode(ModuleCode interpreted) implements ModuleCode {
    @Override
    public Module module() {
        return interpreted.module();
    }

    @Override
    public void prepare(ModuleInstance instance) {
        interpreted.prepare(instance);
        Entry.prepare(instance); // bridges call Java by the instance's context
    }

    @Override
    public void link(long record, int function) {
        interpreted.link(record, function);
        Bridges.link(record, module().functionType(function));
    }
}
