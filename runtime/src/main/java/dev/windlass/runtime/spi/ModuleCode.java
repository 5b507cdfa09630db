package dev.windlass.runtime.spi;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.wasm.Module;

/// What an engine made of a module. Shared by threads.
public interface ModuleCode {
    Module module();

    /// What the interpreter runs of it: this, unless this is a compiler's.
    default ModuleCode interpreted() {
        return this;
    }

    /// Whether a function of the index space has native code.
    default boolean isNative(int function) {
        return false;
    }

    /// Whether the native code pays for its instructions; else the interpreter runs everything where
    /// fuel is counted.
    default boolean countsFuel() {
        return false;
    }

    /// Makes a new instance ready: its imports are there, nothing of it runs yet.
    default void prepare(ModuleInstance instance) {}

    /// A function's record has been filled: the place to put the address of its code into it.
    ///
    /// @param record its address
    /// @param function its index
    default void link(long record, int function) {}
}
