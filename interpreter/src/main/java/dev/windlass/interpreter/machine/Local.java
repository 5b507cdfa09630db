package dev.windlass.interpreter.machine;

import dev.windlass.interpreter.generated.Numerical;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Opcode;

/// The value of a slot: a local, or an operand in its place on the stack.
public final class Local extends Node {
    /// The slot's offset in bytes.
    public final int slot;

    public Local(int slot) {
        this.slot = slot;
    }

    @Override
    public int i(long f, Machine m) {
        return Raw.getInt(f, slot);
    }

    @Override
    public long l(long f, Machine m) {
        return Raw.getLong(f, slot);
    }

    @Override
    public float s(long f, Machine m) {
        return Raw.getFloat(f, slot);
    }

    @Override
    public double d(long f, Machine m) {
        return Raw.getDouble(f, slot);
    }

    /// Copies all bits, whatever the type.
    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, Raw.getLong(f, slot));
    }

    @Override
    public int kind() {
        return LOCAL;
    }

    @Override
    public int pairing() {
        return 1;
    }

    /// As a condition it is compared with zero.
    @Override
    @SuppressWarnings("ReferenceEquality") // Identity is meant.
    public Node stepped(Node last) {
        Node notZero = Numerical.of(Opcode.I32_NE, this, new I32Const(0), 0);
        Node stepped = notZero.stepped(last);
        return stepped == notZero ? this : stepped;
    }
}
