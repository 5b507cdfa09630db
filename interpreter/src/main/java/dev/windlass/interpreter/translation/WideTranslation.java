package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.numeric.Numerics;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// The instructions of wide arithmetic: statements with two results.
final class WideTranslation {
    private final FunctionTranslator t;

    WideTranslation(FunctionTranslator translator) {
        this.t = translator;
    }

    void translate(Opcode op) {
        switch (op) {
            case I64_ADD128, I64_SUB128 -> sum(op == Opcode.I64_SUB128);
            case I64_MUL_WIDE_S, I64_MUL_WIDE_U -> product(op == Opcode.I64_MUL_WIDE_S);
            default -> throw new AssertionError(op);
        }
    }

    private void sum(boolean subtracts) {
        Node yHigh = t.pop();
        Node yLow = t.pop();
        Node xHigh = t.pop();
        Node xLow = t.pop();
        add(new Sum(subtracts, xLow, xHigh, yLow, yHigh));
    }

    private void product(boolean isSigned) {
        Node y = t.pop();
        Node x = t.pop();
        add(new Product(isSigned, x, y));
    }

    private void add(Node statement) {
        t.effect(ValType.I64, statement);
        t.stack.pushStored(ValType.I64);
    }

    /// Stores both results after all operands, which may lie in the same slots.
    private abstract static class Wide extends Node {
        void put(long f, long low, long high) {
            Raw.putLong(f, dst, low);
            Raw.putLong(f + dst + Slots.SIZE, high);
        }
    }

    private static final class Sum extends Wide {
        private final boolean subtracts;
        private final Node xLow;
        private final Node xHigh;
        private final Node yLow;
        private final Node yHigh;

        Sum(boolean subtracts, Node xLow, Node xHigh, Node yLow, Node yHigh) {
            this.subtracts = subtracts;
            this.xLow = xLow;
            this.xHigh = xHigh;
            this.yLow = yLow;
            this.yHigh = yHigh;
        }

        @Override
        public void x(long f, Machine m) {
            long a = xLow.l(f, m);
            long aHigh = xHigh.l(f, m);
            long b = yLow.l(f, m);
            long bHigh = yHigh.l(f, m);
            if (subtracts) {
                put(f, a - b, Numerics.i64Sub128High(a, aHigh, b, bHigh));
            } else {
                put(f, a + b, Numerics.i64Add128High(a, aHigh, b, bHigh));
            }
        }
    }

    private static final class Product extends Wide {
        private final boolean isSigned;
        private final Node x;
        private final Node y;

        Product(boolean isSigned, Node x, Node y) {
            this.isSigned = isSigned;
            this.x = x;
            this.y = y;
        }

        @Override
        public void x(long f, Machine m) {
            long a = x.l(f, m);
            long b = y.l(f, m);
            long high = isSigned ? Numerics.i64MulWideSHigh(a, b) : Numerics.i64MulWideUHigh(a, b);
            put(f, a * b, high);
        }
    }
}
