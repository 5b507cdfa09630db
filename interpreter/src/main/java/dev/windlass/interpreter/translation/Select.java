package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.ValType;

/// Chooses one of two operands.
abstract class Select extends Node {
    final Node yes;
    final Node no;
    final Node condition;

    /// Whether the operand that is not chosen need not be computed.
    final boolean lazy;

    Select(Node yes, Node no, Node condition, boolean lazy) {
        this.yes = yes;
        this.no = no;
        this.condition = condition;
        this.lazy = lazy;
    }

    static Node of(int type, Node yes, Node no, Node condition, boolean lazy) {
        return switch (type) {
            case ValType.I32 -> new I(yes, no, condition, lazy);
            case ValType.F32 -> new F(yes, no, condition, lazy);
            case ValType.F64 -> new D(yes, no, condition, lazy);
            default -> new L(yes, no, condition, lazy);
        };
    }

    private static final class I extends Select {
        I(Node yes, Node no, Node condition, boolean lazy) {
            super(yes, no, condition, lazy);
        }

        @Override
        public int i(long f, Machine m) {
            if (lazy) {
                return condition.i(f, m) != 0 ? yes.i(f, m) : no.i(f, m);
            }
            int a = yes.i(f, m);
            int b = no.i(f, m);
            return condition.i(f, m) != 0 ? a : b;
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, i(f, m));
        }
    }

    private static final class L extends Select {
        L(Node yes, Node no, Node condition, boolean lazy) {
            super(yes, no, condition, lazy);
        }

        @Override
        public long l(long f, Machine m) {
            if (lazy) {
                return condition.i(f, m) != 0 ? yes.l(f, m) : no.l(f, m);
            }
            long a = yes.l(f, m);
            long b = no.l(f, m);
            return condition.i(f, m) != 0 ? a : b;
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, l(f, m));
        }
    }

    private static final class F extends Select {
        F(Node yes, Node no, Node condition, boolean lazy) {
            super(yes, no, condition, lazy);
        }

        @Override
        public float s(long f, Machine m) {
            if (lazy) {
                return condition.i(f, m) != 0 ? yes.s(f, m) : no.s(f, m);
            }
            float a = yes.s(f, m);
            float b = no.s(f, m);
            return condition.i(f, m) != 0 ? a : b;
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, Float.floatToRawIntBits(s(f, m)));
        }
    }

    private static final class D extends Select {
        D(Node yes, Node no, Node condition, boolean lazy) {
            super(yes, no, condition, lazy);
        }

        @Override
        public double d(long f, Machine m) {
            if (lazy) {
                return condition.i(f, m) != 0 ? yes.d(f, m) : no.d(f, m);
            }
            double a = yes.d(f, m);
            double b = no.d(f, m);
            return condition.i(f, m) != 0 ? a : b;
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putDouble(f, dst, d(f, m));
        }
    }
}
