package dev.windlass.interpreter.machine;

import dev.windlass.runtime.boundary.Raw;

/// A constant of type f64; keeps the bits, also those of a signalling NaN.
public final class F64Const extends Node {
    public final double value;
    private final long bits;

    public F64Const(long bits) {
        this.bits = bits;
        this.value = Double.longBitsToDouble(bits);
    }

    @Override
    public double d(long f, Machine m) {
        return value;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, bits);
    }

    @Override
    public int kind() {
        return CONST;
    }
}
