package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.ReferenceTypes;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;

/// A reference that must be of a type.
final class RefCast extends Node {
    private final Node reference;
    private final int type;
    private final int at;

    /// @param type closed
    RefCast(Node reference, int type, int at) {
        this.reference = reference;
        this.type = type;
        this.at = at;
    }

    @Override
    public long l(long f, Machine m) {
        long r = reference.l(f, m);
        if (!ReferenceTypes.matches(m.store, r, type)) {
            throw m.trap(TrapKind.CAST_FAILURE, at);
        }
        return r;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, l(f, m));
    }
}
