package dev.windlass.interpreter.model;

import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A machine as the specification describes it: a stack of values, locals, globals and a memory of
/// one page. A value is its bits, a vector's low half first; other values have only the low half.
final class Model {
    static final int PAGE = 65_536;

    record Value(long low, long high) {
        static Value of(long low) {
            return new Value(low, 0);
        }

        int i32() {
            return (int) low;
        }

        float f32() {
            return Float.intBitsToFloat((int) low);
        }

        double f64() {
            return Double.longBitsToDouble(low);
        }
    }

    /// One instruction.
    @FunctionalInterface
    interface Step {
        void run(Model model);
    }

    /// A branch on its way out of as many structured instructions.
    static final class Branch extends RuntimeException {
        private static final long serialVersionUID = 1;

        final int depth;

        Branch(int depth) {
            super(null, null, false, false);
            this.depth = depth;
        }
    }

    /// An exception: the tag's name and the arguments.
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;

        final String tag;
        final transient List<Value> values;

        Thrown(String tag, List<Value> values) {
            super(null, null, false, false);
            this.tag = tag;
            this.values = values;
        }
    }

    /// Scratch space for vector operations, which work on addresses.
    static final long SCRATCH = Arena.global().allocate(128, 16).address();

    List<Value> stack = new ArrayList<>();
    final Value[] locals;
    final Value[] globals;
    final ByteBuffer memory = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);

    Model(int locals, int globals) {
        this.locals = new Value[locals];
        this.globals = new Value[globals];
        java.util.Arrays.fill(this.locals, Value.of(0));
        java.util.Arrays.fill(this.globals, Value.of(0));
    }

    void push(Value value) {
        stack.add(value);
    }

    void pushI32(int value) {
        push(Value.of(value));
    }

    Value pop() {
        return stack.remove(stack.size() - 1);
    }

    /// Keeps the top values and removes those below them, down to a height.
    void unwind(int height, int count) {
        List<Value> top = new ArrayList<>(stack.subList(stack.size() - count, stack.size()));
        stack = new ArrayList<>(stack.subList(0, height));
        stack.addAll(top);
    }

    /// The index of a checked access.
    int index(Value address, int offset, int width) {
        long effective = Integer.toUnsignedLong(address.i32()) + offset;
        if (effective + width > PAGE) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        return (int) effective;
    }

    static void toScratch(int at, Value value) {
        Raw.putLong(SCRATCH + at, value.low);
        Raw.putLong(SCRATCH + at + 8, value.high);
    }

    static Value fromScratch(int at) {
        return new Value(Raw.getLong(SCRATCH + at), Raw.getLong(SCRATCH + at + 8));
    }
}
