package dev.windlass.runtime.spi;

import dev.windlass.wasm.Module;

/// What an engine made of a module. Shared by threads.
public interface ModuleCode {
    Module module();
}
