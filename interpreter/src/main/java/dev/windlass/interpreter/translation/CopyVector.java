package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;

/// Copies the two slots of a vector within the frame.
final class CopyVector extends Node {
    private final int from;

    CopyVector(int from, int to) {
        this.from = from;
        this.dst = to;
    }

    @Override
    public void x(long f, Machine m) {
        long low = Raw.getLong(f, from);
        long high = Raw.getLong(f, from + 8);
        Raw.putLong(f, dst, low);
        Raw.putLong(f, dst + 8, high);
    }
}
