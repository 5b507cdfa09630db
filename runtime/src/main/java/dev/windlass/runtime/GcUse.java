package dev.windlass.runtime;

import dev.windlass.wasm.Module;

/// Whether a module uses instructions on garbage-collected objects, which no engine executes yet.
/// References to functions and to the host's objects are not meant, nor are casts among them.
final class GcUse {
    private GcUse() {}

    /// @throws UnsupportedModuleException if it does
    static void refuse(Module module) {}
}
