package dev.windlass.interpreter.machine;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.boundary.Raw;
import org.jspecify.annotations.Nullable;

/// What a machine keeps about a module instance of its store.
public final class InstanceState {
    public final ModuleInstance instance;
    final long context;

    /// The record of memory 0, or 0 where there is none.
    final long memory0;

    final FunctionTable code;

    /// The functions of the index space that were called from here other than directly.
    private final @Nullable CallTarget[] targets;

    /// Where calls from this instance into another one return to.
    final ReturnTo returnTo;

    InstanceState(ModuleInstance instance, FunctionTable code) {
        this.instance = instance;
        this.code = code;
        this.context = instance.context();
        boolean hasMemory = !instance.module().memories().isEmpty();
        this.memory0 = hasMemory ? Raw.getLong(context + instance.layout().memory(0)) : 0;
        this.targets =
                new CallTarget[instance.module().importedCount(dev.windlass.wasm.ExternKind.FUNC)];
        this.returnTo = new ReturnTo(this);
    }

    /// An imported function.
    CallTarget imported(int index, Machine m) {
        CallTarget target = targets[index];
        if (target == null) {
            target = m.target(instance.function(index));
            targets[index] = target;
        }
        return target;
    }
}
