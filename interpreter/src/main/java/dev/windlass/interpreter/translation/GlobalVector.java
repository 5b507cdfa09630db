package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;

/// Access to globals of type v128.
abstract class GlobalVector extends Node {
    private final int offset;
    private final boolean indirect;

    GlobalVector(int offset, boolean indirect) {
        this.offset = offset;
        this.indirect = indirect;
    }

    long cell(Machine m) {
        long cell = m.context + offset;
        return indirect ? Raw.getLong(cell) : cell;
    }

    static void copy(long from, long to) {
        long low = Raw.getLong(from);
        long high = Raw.getLong(from + 8);
        Raw.putLong(to, low);
        Raw.putLong(to + 8, high);
    }

    /// Copies to slots.
    static final class Get extends GlobalVector {
        Get(int offset, boolean indirect, int to) {
            super(offset, indirect);
            this.dst = to;
        }

        @Override
        public void x(long f, Machine m) {
            copy(cell(m), f + dst);
        }
    }

    /// Copies from slots.
    static final class Set extends GlobalVector {
        private final int from;

        Set(int offset, boolean indirect, int from) {
            super(offset, indirect);
            this.from = from;
        }

        @Override
        public void x(long f, Machine m) {
            copy(f + from, cell(m));
        }
    }
}
