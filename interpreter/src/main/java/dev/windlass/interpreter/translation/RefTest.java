package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.ReferenceTypes;
import dev.windlass.runtime.boundary.Raw;

/// Whether a reference is, or is not, of a type.
final class RefTest extends Node {
    private final Node reference;
    private final int type;
    private final boolean wanted;

    /// @param type closed
    /// @param wanted the answer that gives 1
    RefTest(Node reference, int type, boolean wanted) {
        this.reference = reference;
        this.type = type;
        this.wanted = wanted;
    }

    @Override
    public int i(long f, Machine m) {
        boolean matches = ReferenceTypes.matches(m.store, reference.l(f, m), type);
        return matches == wanted ? 1 : 0;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, i(f, m));
    }
}
