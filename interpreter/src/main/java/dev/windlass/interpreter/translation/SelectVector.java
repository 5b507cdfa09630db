package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;

/// Chooses one of two vectors in slots.
final class SelectVector extends Node {
    private final Node condition;
    private final int yes;
    private final int no;

    SelectVector(Node condition, int yes, int no, int to) {
        this.condition = condition;
        this.yes = yes;
        this.no = no;
        this.dst = to;
    }

    @Override
    public void x(long f, Machine m) {
        long from = f + (condition.i(f, m) != 0 ? yes : no);
        long low = Raw.getLong(from);
        long high = Raw.getLong(from + 8);
        Raw.putLong(f, dst, low);
        Raw.putLong(f, dst + 8, high);
    }
}
