package dev.windlass.runtime.numeric;

import dev.windlass.runtime.boundary.Raw;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Sequentially consistent accesses to memory by address. The caller has checked bounds and
/// alignment. Widths of 8 and 16 bits, which the JDK has no atomic access for, work on the aligned
/// 32-bit word around them; a memory's allocation is a multiple of 8 bytes, so the word is inside.
///
/// Values come and go as longs; a narrow value is the low bits of an operand and zero-extended as a
/// result.
public final class Atomics {
    private static final MemorySegment ALL = Raw.view(0, Long.MAX_VALUE);
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    /// What a read-modify-write instruction does to the old value.
    public enum Update {
        ADD,
        SUB,
        AND,
        OR,
        XOR,
        XCHG;

        long apply(long old, long operand) {
            return switch (this) {
                case ADD -> old + operand;
                case SUB -> old - operand;
                case AND -> old & operand;
                case OR -> old | operand;
                case XOR -> old ^ operand;
                case XCHG -> operand;
            };
        }
    }

    private Atomics() {}

    public static void fence() {
        VarHandle.fullFence();
    }

    /// @param width bytes: 1, 2, 4 or 8
    public static long load(long address, int width) {
        return switch (width) {
            case 1, 2 -> lane(load32(word(address)), address, width);
            case 4 -> load32(address) & 0xFFFF_FFFFL;
            case 8 -> load64(address);
            default -> throw new IllegalArgumentException("width " + width);
        };
    }

    public static void store(long address, long value, int width) {
        switch (width) {
            case 1, 2 -> update(Update.XCHG, address, value, width);
            case 4 -> INT.setVolatile(ALL, address, (int) value);
            case 8 -> LONG.setVolatile(ALL, address, value);
            default -> throw new IllegalArgumentException("width " + width);
        }
    }

    /// Updates and returns the old value.
    public static long update(Update update, long address, long operand, int width) {
        return switch (width) {
            case 1, 2 -> updateLane(update, address, operand, width);
            case 4 -> update32(update, address, (int) operand) & 0xFFFF_FFFFL;
            case 8 -> update64(update, address, operand);
            default -> throw new IllegalArgumentException("width " + width);
        };
    }

    /// Stores the replacement if the value is the expected one, of which as many bits count as the
    /// access is wide.
    ///
    /// @return the old value
    public static long compareAndExchange(
            long address, long expected, long replacement, int width) {
        return switch (width) {
            case 1, 2 -> compareAndExchangeLane(address, expected, replacement, width);
            case 4 ->
                    compareAndExchange32(address, (int) expected, (int) replacement) & 0xFFFF_FFFFL;
            case 8 -> (long) LONG.compareAndExchange(ALL, address, expected, replacement);
            default -> throw new IllegalArgumentException("width " + width);
        };
    }

    private static int load32(long address) {
        return (int) INT.getVolatile(ALL, address);
    }

    private static long load64(long address) {
        return (long) LONG.getVolatile(ALL, address);
    }

    private static int compareAndExchange32(long address, int expected, int replacement) {
        return (int) INT.compareAndExchange(ALL, address, expected, replacement);
    }

    private static int update32(Update update, long address, int operand) {
        return switch (update) {
            case ADD -> (int) INT.getAndAdd(ALL, address, operand);
            case SUB -> (int) INT.getAndAdd(ALL, address, -operand);
            case AND -> (int) INT.getAndBitwiseAnd(ALL, address, operand);
            case OR -> (int) INT.getAndBitwiseOr(ALL, address, operand);
            case XOR -> (int) INT.getAndBitwiseXor(ALL, address, operand);
            case XCHG -> (int) INT.getAndSet(ALL, address, operand);
        };
    }

    private static long update64(Update update, long address, long operand) {
        return switch (update) {
            case ADD -> (long) LONG.getAndAdd(ALL, address, operand);
            case SUB -> (long) LONG.getAndAdd(ALL, address, -operand);
            case AND -> (long) LONG.getAndBitwiseAnd(ALL, address, operand);
            case OR -> (long) LONG.getAndBitwiseOr(ALL, address, operand);
            case XOR -> (long) LONG.getAndBitwiseXor(ALL, address, operand);
            case XCHG -> (long) LONG.getAndSet(ALL, address, operand);
        };
    }

    private static long updateLane(Update update, long address, long operand, int width) {
        while (true) {
            int old = load32(word(address));
            long lane = lane(old, address, width);
            int changed = withLane(old, address, update.apply(lane, operand), width);
            if (compareAndExchange32(word(address), old, changed) == old) {
                return lane;
            }
        }
    }

    private static long compareAndExchangeLane(
            long address, long expected, long replacement, int width) {
        while (true) {
            int old = load32(word(address));
            long lane = lane(old, address, width);
            if (lane != (expected & mask(width))) {
                return lane;
            }
            int changed = withLane(old, address, replacement, width);
            if (compareAndExchange32(word(address), old, changed) == old) {
                return lane;
            }
        }
    }

    private static long word(long address) {
        return address & ~3L;
    }

    /// The lane's bits in the little-endian word.
    private static long lane(int word, long address, int width) {
        return (word >>> shift(address)) & mask(width);
    }

    private static int withLane(int word, long address, long value, int width) {
        int mask = (int) mask(width) << shift(address);
        return (word & ~mask) | (((int) value << shift(address)) & mask);
    }

    private static int shift(long address) {
        return (int) (address & 3) * 8;
    }

    private static long mask(int width) {
        return (1L << (width * 8)) - 1;
    }
}
