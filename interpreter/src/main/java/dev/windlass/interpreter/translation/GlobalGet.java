package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;

/// The value of a global.
final class GlobalGet extends Node {
    private final int offset;

    /// @param offset of the value in the context
    GlobalGet(int offset) {
        this.offset = offset;
    }

    @Override
    public int i(long f, Machine m) {
        return Raw.getInt(m.context + offset);
    }

    @Override
    public long l(long f, Machine m) {
        return Raw.getLong(m.context + offset);
    }

    @Override
    public float s(long f, Machine m) {
        return Raw.getFloat(m.context + offset);
    }

    @Override
    public double d(long f, Machine m) {
        return Raw.getDouble(m.context + offset);
    }

    /// Copies all bits, whatever the type.
    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, Raw.getLong(m.context + offset));
    }

    /// Of an imported global, which the context points at.
    static final class Imported extends Node {
        private final int offset;

        Imported(int offset) {
            this.offset = offset;
        }

        @Override
        public int i(long f, Machine m) {
            return Raw.getInt(Raw.getLong(m.context + offset));
        }

        @Override
        public long l(long f, Machine m) {
            return Raw.getLong(Raw.getLong(m.context + offset));
        }

        @Override
        public float s(long f, Machine m) {
            return Raw.getFloat(Raw.getLong(m.context + offset));
        }

        @Override
        public double d(long f, Machine m) {
            return Raw.getDouble(Raw.getLong(m.context + offset));
        }

        /// Copies all bits, whatever the type.
        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, Raw.getLong(Raw.getLong(m.context + offset)));
        }
    }
}
