package dev.windlass.interpreter.machine;

import dev.windlass.runtime.boundary.Raw;

/// A constant of type f32; keeps the bits, also those of a signalling NaN.
public final class F32Const extends Node {
    public final float value;
    private final int bits;

    public F32Const(int bits) {
        this.bits = bits;
        this.value = Float.intBitsToFloat(bits);
    }

    @Override
    public float s(long f, Machine m) {
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
