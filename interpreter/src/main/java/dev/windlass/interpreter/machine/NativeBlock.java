package dev.windlass.interpreter.machine;

import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.FuncType;

/// Stands for a function that has native code, whoever calls it and however.
public final class NativeBlock extends Block {
    private final int function;

    /// @param function in the module's function index space
    /// @param start the offset of its body
    public NativeBlock(int function, FuncType type, int start) {
        this.function = function;
        frame = Math.max(type.paramSlots(), type.resultSlots()) * Slots.SIZE;
        at = start;
    }

    @Override
    public Block run(long f, Machine m) {
        return m.callNative(function, f);
    }
}
