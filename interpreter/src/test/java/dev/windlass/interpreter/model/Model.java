package dev.windlass.interpreter.model;

import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A machine as the specification describes it: a stack of values, locals, globals and a memory of
/// one page. A value is its bits, a vector's low half first; other values have only the low half.
final class Model {
    static final int PAGE = 65_536;
    static final int MAX_PAGES = 3;

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

    /// A return with results.
    static final class Return extends RuntimeException {
        private static final long serialVersionUID = 1;

        final transient List<Value> results;

        Return(List<Value> results) {
            super(null, null, false, false);
            this.results = results;
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
    Value[] locals = {};
    final Value[] globals;
    ByteBuffer memory = ByteBuffer.allocate(PAGE).order(ByteOrder.LITTLE_ENDIAN);

    Model(int globals) {
        this.globals = new Value[globals];
        Arrays.fill(this.globals, Value.of(0));
    }

    /// Starts a function.
    void enter(List<Value> arguments, int count) {
        locals = new Value[count];
        Arrays.fill(locals, Value.of(0));
        for (int i = 0; i < arguments.size(); i++) {
            locals[i] = arguments.get(i);
        }
        stack = new ArrayList<>();
    }

    int pages() {
        return memory.capacity() / PAGE;
    }

    /// Grows the memory by a page.
    int grow() {
        int pages = pages();
        if (pages == MAX_PAGES) {
            return -1;
        }
        byte[] grown = Arrays.copyOf(memory.array(), memory.capacity() + PAGE);
        memory = ByteBuffer.wrap(grown).order(ByteOrder.LITTLE_ENDIAN);
        return pages;
    }

    int range(Value address, int bytes) {
        return index(address, 0, bytes);
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
        if (effective + width > memory.capacity()) {
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
