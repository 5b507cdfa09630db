package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;

/// The reference to a function of the current instance, whose record is made when first asked for.
final class FunctionReference extends Node {
    private final int function;
    private final int pointer;

    /// @param pointer offset of the record's pointer in the context
    FunctionReference(int function, int pointer) {
        this.function = function;
        this.pointer = pointer;
    }

    @Override
    public long l(long f, Machine m) {
        long record = Raw.getLong(m.context + pointer);
        return record != 0 ? record : m.moduleInstance().function(function).record();
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, l(f, m));
    }
}
