package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;

/// A reference that must not be null.
final class NonNull extends Node {
    private final Node reference;
    private final int at;

    NonNull(Node reference, int at) {
        this.reference = reference;
        this.at = at;
    }

    @Override
    public long l(long f, Machine m) {
        long r = reference.l(f, m);
        if (r == 0) {
            throw m.trap(TrapKind.NULL_REFERENCE, at);
        }
        return r;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, l(f, m));
    }
}
