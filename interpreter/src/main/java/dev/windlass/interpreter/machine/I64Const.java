package dev.windlass.interpreter.machine;

import dev.windlass.runtime.boundary.Raw;

/// A constant of type i64, or a null reference.
public final class I64Const extends Node {
    public final long value;

    public I64Const(long value) {
        this.value = value;
    }

    @Override
    public long l(long f, Machine m) {
        return value;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, value);
    }

    @Override
    public int kind() {
        return CONST;
    }
}
