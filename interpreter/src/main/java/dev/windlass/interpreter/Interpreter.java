package dev.windlass.interpreter;

import dev.windlass.interpreter.machine.FunctionTable;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.spi.ExecutionEngine;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Module;
import org.jspecify.annotations.Nullable;

/// The interpreter as an engine.
public final class Interpreter implements ExecutionEngine {
    /// For the service loader, and for tests.
    public Interpreter() {}

    @Override
    public String name() {
        return "interpreter";
    }

    @Override
    public ModuleCode load(Module module) {
        return new InterpretedModule(module);
    }

    @Override
    public void invoke(RuntimeStore store, FunctionInstance function, long slots) {
        machine(store).invoke(function, slots);
    }

    @Override
    public @Nullable FunctionInstance invokeUpToTailCall(
            RuntimeStore store, FunctionInstance function, long slots) {
        return machine(store).invokeUpToTailCall(function, slots);
    }

    private static Machine machine(RuntimeStore store) {
        Object state = store.engineState();
        if (state == null) {
            state = new Machine(store, Interpreter::functions);
            store.engineState(state);
        }
        return (Machine) state;
    }

    private static FunctionTable functions(ModuleInstance instance, boolean fuel) {
        if (instance.code().interpreted() instanceof InterpretedModule module) {
            return module.functions(fuel, instance.code());
        }
        throw new IllegalStateException("an instance of another engine: " + instance.code());
    }
}
