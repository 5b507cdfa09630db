package dev.windlass.interpreter.vector;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.MemoryOperand;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.numeric.VectorOps;
import dev.windlass.wasm.Opcode;

/// The nodes of the vector instructions, by their operands. Operands that are vectors are given as
/// offsets of their slots in the frame; scalar operands are nodes. The result's slots are at
/// [Node#dst], and may be an operand's.
public final class VectorNodes {
    private VectorNodes() {}

    public static final class Const extends Node {
        private final long low;
        private final long high;

        public Const(long low, long high) {
            this.low = low;
            this.high = high;
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, low);
            Raw.putLong(f, dst + 8, high);
        }
    }

    public static final class Unary extends Node {
        private final Opcode op;
        private final int x;

        public Unary(Opcode op, int x) {
            this.op = op;
            this.x = x;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.unary(op, f + x, f + dst);
        }
    }

    public static final class Binary extends Node {
        private final Opcode op;
        private final int x;
        private final int y;

        public Binary(Opcode op, int x, int y) {
            this.op = op;
            this.x = x;
            this.y = y;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.binary(op, f + x, f + y, f + dst);
        }
    }

    public static final class Ternary extends Node {
        private final Opcode op;
        private final int x;
        private final int y;
        private final int z;

        public Ternary(Opcode op, int x, int y, int z) {
            this.op = op;
            this.x = x;
            this.y = y;
            this.z = z;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.ternary(op, f + x, f + y, f + z, f + dst);
        }
    }

    public static final class Shuffle extends Node {
        private final long lanesLow;
        private final long lanesHigh;
        private final int x;
        private final int y;

        public Shuffle(long lanesLow, long lanesHigh, int x, int y) {
            this.lanesLow = lanesLow;
            this.lanesHigh = lanesHigh;
            this.x = x;
            this.y = y;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.shuffle(f + x, f + y, lanesLow, lanesHigh, f + dst);
        }
    }

    public static final class Shift extends Node {
        private final Opcode op;
        private final int x;
        private final Node count;

        public Shift(Opcode op, int x, Node count) {
            this.op = op;
            this.x = x;
            this.count = count;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.shift(op, f + x, count.i(f, m), f + dst);
        }
    }

    /// `v128.any_true` and the like: a value of type i32.
    public static final class Test extends Node {
        private final Opcode op;
        private final int x;

        public Test(Opcode op, int x) {
            this.op = op;
            this.x = x;
        }

        @Override
        public int i(long f, Machine m) {
            return VectorOps.test(op, f + x);
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, VectorOps.test(op, f + x));
        }
    }

    /// A lane as a value; of its type's evaluation methods only the right one is called.
    public static final class Extract extends Node {
        private final Opcode op;
        private final int x;
        private final int lane;

        public Extract(Opcode op, int x, int lane) {
            this.op = op;
            this.x = x;
            this.lane = lane;
        }

        @Override
        public int i(long f, Machine m) {
            return (int) VectorOps.extract(op, f + x, lane);
        }

        @Override
        public long l(long f, Machine m) {
            return VectorOps.extract(op, f + x, lane);
        }

        @Override
        public float s(long f, Machine m) {
            return Float.intBitsToFloat((int) VectorOps.extract(op, f + x, lane));
        }

        @Override
        public double d(long f, Machine m) {
            return Double.longBitsToDouble(VectorOps.extract(op, f + x, lane));
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, VectorOps.extract(op, f + x, lane));
        }
    }

    public static final class Splat extends Node {
        private final Opcode op;
        private final Node value;
        private final char type;

        /// @param type letter of the value's type, as in a signature
        public Splat(Opcode op, Node value, char type) {
            this.op = op;
            this.value = value;
            this.type = type;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.splat(op, bits(value, type, f, m), f + dst);
        }
    }

    public static final class Replace extends Node {
        private final Opcode op;
        private final int x;
        private final int lane;
        private final Node value;
        private final char type;

        /// @param type letter of the value's type, as in a signature
        public Replace(Opcode op, int x, int lane, Node value, char type) {
            this.op = op;
            this.x = x;
            this.lane = lane;
            this.value = value;
            this.type = type;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.replace(op, f + x, lane, bits(value, type, f, m), f + dst);
        }
    }

    /// A scalar's slot.
    private static long bits(Node value, char type, long f, Machine m) {
        return switch (type) {
            case 'i' -> value.i(f, m);
            case 'l' -> value.l(f, m);
            case 'f' -> Float.floatToRawIntBits(value.s(f, m));
            case 'd' -> Double.doubleToRawLongBits(value.d(f, m));
            default -> throw new AssertionError(type);
        };
    }

    public static final class Load extends Node {
        private final Opcode op;
        private final MemoryOperand memory;
        private final int width;

        public Load(Opcode op, MemoryOperand memory, int width) {
            this.op = op;
            this.memory = memory;
            this.width = width;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.load(op, memory.checked(memory.index(f, m), width, m), f + dst);
        }
    }

    public static final class Store extends Node {
        private final MemoryOperand memory;
        private final int x;

        public Store(MemoryOperand memory, int x) {
            this.memory = memory;
            this.x = x;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.copy(f + x, memory.checked(memory.index(f, m), 16, m));
        }
    }

    public static final class LoadLane extends Node {
        private final Opcode op;
        private final MemoryOperand memory;
        private final int width;
        private final int x;
        private final int lane;

        public LoadLane(Opcode op, MemoryOperand memory, int width, int x, int lane) {
            this.op = op;
            this.memory = memory;
            this.width = width;
            this.x = x;
            this.lane = lane;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.loadLane(
                    op, memory.checked(memory.index(f, m), width, m), f + x, lane, f + dst);
        }
    }

    public static final class StoreLane extends Node {
        private final Opcode op;
        private final MemoryOperand memory;
        private final int width;
        private final int x;
        private final int lane;

        public StoreLane(Opcode op, MemoryOperand memory, int width, int x, int lane) {
            this.op = op;
            this.memory = memory;
            this.width = width;
            this.x = x;
            this.lane = lane;
        }

        @Override
        public void x(long f, Machine m) {
            VectorOps.storeLane(op, memory.checked(memory.index(f, m), width, m), f + x, lane);
        }
    }
}
