package dev.windlass.interpreter.machine;

import dev.windlass.runtime.ModuleInstance;

/// What a machine asks its engine.
@FunctionalInterface
public interface Engine {
    /// The code of an instance's functions.
    ///
    /// @param fuel whether it counts fuel
    FunctionTable functions(ModuleInstance instance, boolean fuel);
}
