package dev.windlass.interpreter.machine;

import dev.windlass.runtime.boundary.Raw;

/// A constant of type i32.
public final class I32Const extends Node {
    public final int value;

    public I32Const(int value) {
        this.value = value;
    }

    @Override
    public int i(long f, Machine m) {
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

    @Override
    public int pairing() {
        return 2;
    }
}
