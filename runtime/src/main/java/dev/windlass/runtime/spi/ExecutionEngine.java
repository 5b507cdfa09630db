package dev.windlass.runtime.spi;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import org.jspecify.annotations.Nullable;

/// An engine: executes functions of instances. Found by [java.util.ServiceLoader]. Thread-safe.
public interface ExecutionEngine {
    /// The name on the command line.
    String name();

    /// What a user may want to know of it, in a few words. Asked only if there is no obstacle.
    default String description() {
        return "available";
    }

    /// Why it cannot be used on this machine, in one line for users; null if it can.
    default @Nullable String obstacle() {
        return null;
    }

    /// Prepares a validated module. Cheap: functions are translated or compiled when first needed.
    /// The result is shared by all instances and threads.
    ModuleCode load(Module module);

    /// Calls a function of the store on this thread; also from host functions, nested.
    ///
    /// @param slots address of the arguments; results replace them
    /// @throws dev.windlass.runtime.Trap with this engine's frames added
    void invoke(RuntimeStore store, FunctionInstance function, long slots);

    /// As [#invoke], for native code: a tail call of a function with native code, made where nothing
    /// but the caller waits for this function, may be left to that caller. So a chain of tail calls
    /// that changes between native and other code needs no stack.
    ///
    /// @return the function to be called, its arguments at the slots; null if the function returned
    default @Nullable FunctionInstance invokeUpToTailCall(
            RuntimeStore store, FunctionInstance function, long slots) {
        invoke(store, function, slots);
        return null;
    }

    /// A function of the host has been made: native code may be given a way to it.
    default void link(FunctionInstance hostFunction) {}

    /// Whether memories of a type are to lie in so much reserved address space that compiled code
    /// need not check its accesses.
    default boolean guards(MemoryType type) {
        return false;
    }

    /// A store closes: what the engine keeps for it outside of it can go.
    default void close(RuntimeStore store) {}
}
