package dev.windlass.interpreter.atomic;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.MemoryOperand;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.HostCallDispatch;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.numeric.Atomics;

/// The nodes of the atomic instructions. Each checks alignment, then bounds.
public final class AtomicNodes {
    private AtomicNodes() {}

    /// The address in the host's memory of a checked access.
    private static long address(MemoryOperand memory, long index, int width, Machine m) {
        if ((memory.lowBits(index) & (width - 1)) != 0) {
            throw m.trap(TrapKind.UNALIGNED_ATOMIC, memory.at());
        }
        return memory.checked(index, width, m);
    }

    /// The slot of an operand of type i32 or i64.
    private static long slot(Node value, boolean is64, long f, Machine m) {
        return is64 ? value.l(f, m) : value.i(f, m);
    }

    public static final class Fence extends Node {
        @Override
        public void x(long f, Machine m) {
            Atomics.fence();
        }
    }

    /// A value of type i32 or i64: of the evaluation methods only the right one is called.
    public abstract static class Value extends Node {
        private final boolean is64;

        Value(boolean is64) {
            this.is64 = is64;
        }

        @Override
        public int i(long f, Machine m) {
            return (int) l(f, m);
        }

        @Override
        public abstract long l(long f, Machine m);

        @Override
        public final void x(long f, Machine m) {
            long value = l(f, m);
            Raw.putLong(f, dst, is64 ? value : (int) value);
        }
    }

    public static final class Load extends Value {
        private final MemoryOperand memory;
        private final int width;

        public Load(boolean is64, MemoryOperand memory, int width) {
            super(is64);
            this.memory = memory;
            this.width = width;
        }

        @Override
        public long l(long f, Machine m) {
            return Atomics.load(address(memory, memory.index(f, m), width, m), width);
        }
    }

    public static final class Store extends Node {
        private final boolean is64;
        private final MemoryOperand memory;
        private final int width;
        private final Node value;

        public Store(boolean is64, MemoryOperand memory, int width, Node value) {
            this.is64 = is64;
            this.memory = memory;
            this.width = width;
            this.value = value;
        }

        @Override
        public void x(long f, Machine m) {
            long index = memory.index(f, m);
            long v = slot(value, is64, f, m);
            Atomics.store(address(memory, index, width, m), v, width);
        }
    }

    public static final class Update extends Value {
        private final boolean is64;
        private final Atomics.Update update;
        private final MemoryOperand memory;
        private final int width;
        private final Node operand;

        public Update(
                boolean is64,
                Atomics.Update update,
                MemoryOperand memory,
                int width,
                Node operand) {
            super(is64);
            this.is64 = is64;
            this.update = update;
            this.memory = memory;
            this.width = width;
            this.operand = operand;
        }

        @Override
        public long l(long f, Machine m) {
            long index = memory.index(f, m);
            long v = slot(operand, is64, f, m);
            return Atomics.update(update, address(memory, index, width, m), v, width);
        }
    }

    public static final class CompareAndExchange extends Value {
        private final boolean is64;
        private final MemoryOperand memory;
        private final int width;
        private final Node expected;
        private final Node replacement;

        public CompareAndExchange(
                boolean is64, MemoryOperand memory, int width, Node expected, Node replacement) {
            super(is64);
            this.is64 = is64;
            this.memory = memory;
            this.width = width;
            this.expected = expected;
            this.replacement = replacement;
        }

        @Override
        public long l(long f, Machine m) {
            long index = memory.index(f, m);
            long e = slot(expected, is64, f, m);
            long r = slot(replacement, is64, f, m);
            return Atomics.compareAndExchange(address(memory, index, width, m), e, r, width);
        }
    }

    /// `memory.atomic.wait32` and `wait64`.
    public static final class Wait extends Node {
        private final boolean is64;
        private final int memoryIndex;
        private final MemoryOperand memory;
        private final Node expected;
        private final Node nanos;

        public Wait(
                boolean is64, int memoryIndex, MemoryOperand memory, Node expected, Node nanos) {
            this.is64 = is64;
            this.memoryIndex = memoryIndex;
            this.memory = memory;
            this.expected = expected;
            this.nanos = nanos;
        }

        @Override
        public int i(long f, Machine m) {
            long index = memory.index(f, m);
            long e = slot(expected, is64, f, m);
            long n = nanos.l(f, m);
            long address = memory.effective(index, m);
            try {
                return HostCallDispatch.illlToI(
                        (is64 ? HostCall.ATOMIC_WAIT64 : HostCall.ATOMIC_WAIT32).id(),
                        m.moduleInstance(),
                        memoryIndex,
                        address,
                        e,
                        n);
            } catch (Trap trap) {
                throw m.at(trap, memory.at());
            }
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, i(f, m));
        }
    }

    /// `memory.atomic.notify`.
    public static final class Notify extends Node {
        private final int memoryIndex;
        private final MemoryOperand memory;
        private final Node count;

        public Notify(int memoryIndex, MemoryOperand memory, Node count) {
            this.memoryIndex = memoryIndex;
            this.memory = memory;
            this.count = count;
        }

        @Override
        public int i(long f, Machine m) {
            long index = memory.index(f, m);
            int n = count.i(f, m);
            long address = memory.effective(index, m);
            try {
                return HostCallDispatch.iliToI(
                        HostCall.ATOMIC_NOTIFY.id(), m.moduleInstance(), memoryIndex, address, n);
            } catch (Trap trap) {
                throw m.at(trap, memory.at());
            }
        }

        @Override
        public void x(long f, Machine m) {
            Raw.putLong(f, dst, i(f, m));
        }
    }
}
