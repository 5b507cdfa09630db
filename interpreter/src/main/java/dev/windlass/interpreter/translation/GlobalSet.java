package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.ValType;

/// Sets a global.
abstract class GlobalSet extends Node {
    private final int offset;
    private final boolean indirect;
    final Node value;

    GlobalSet(int offset, boolean indirect, Node value) {
        this.offset = offset;
        this.indirect = indirect;
        this.value = value;
    }

    static Node of(int type, int offset, boolean indirect, Node value) {
        return switch (type) {
            case ValType.I32 -> new I(offset, indirect, value);
            case ValType.F32 -> new F(offset, indirect, value);
            case ValType.F64 -> new D(offset, indirect, value);
            default -> new L(offset, indirect, value);
        };
    }

    long cell(Machine m) {
        long cell = m.context + offset;
        return indirect ? Raw.getLong(cell) : cell;
    }

    private static final class I extends GlobalSet {
        I(int offset, boolean indirect, Node value) {
            super(offset, indirect, value);
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(cell(m), value.i(f, m));
        }
    }

    private static final class L extends GlobalSet {
        L(int offset, boolean indirect, Node value) {
            super(offset, indirect, value);
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(cell(m), value.l(f, m));
        }
    }

    private static final class F extends GlobalSet {
        F(int offset, boolean indirect, Node value) {
            super(offset, indirect, value);
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(cell(m), Float.floatToRawIntBits(value.s(f, m)));
        }
    }

    private static final class D extends GlobalSet {
        D(int offset, boolean indirect, Node value) {
            super(offset, indirect, value);
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putDouble(cell(m), value.d(f, m));
        }
    }
}
