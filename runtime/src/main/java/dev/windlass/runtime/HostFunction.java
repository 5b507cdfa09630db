package dev.windlass.runtime;

import org.jspecify.annotations.Nullable;

/// A function of the host. What it throws reaches whoever called the guest, unchanged.
@FunctionalInterface
public interface HostFunction {
    /// @param store the store of the call
    /// @param caller the instance that calls, or null when Java calls directly
    /// @param slots address of the arguments; results go to the same place
    void call(RuntimeStore store, @Nullable ModuleInstance caller, long slots);
}
