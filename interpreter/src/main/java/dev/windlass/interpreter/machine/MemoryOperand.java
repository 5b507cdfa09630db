package dev.windlass.interpreter.machine;

import dev.windlass.runtime.TrapKind;

/// The address operand of a memory access with its immediates, for the instructions that have no
/// classes of their own per kind of operand.
///
/// The instruction's operands are all evaluated before the access is checked: first [#index], then
/// the others, then [#checked].
public final class MemoryOperand {
    /// The memory of an access to memory 0 with 32-bit addresses.
    public static final int MEMORY_0 = -1;

    private final Node address;
    private final long offset;
    private final int memory;
    private final int at;

    /// @param address an i32 for [#MEMORY_0], else an i64
    /// @param memory offset of the memory's pointer in the context, or [#MEMORY_0]
    /// @param at the instruction's offset in the module
    public MemoryOperand(Node address, long offset, int memory, int at) {
        this.address = address;
        this.offset = offset;
        this.memory = memory;
        this.at = at;
    }

    /// The instruction's offset in the module.
    public int at() {
        return at;
    }

    /// The value of the address operand, unsigned.
    public long index(long f, Machine m) {
        return memory == MEMORY_0 ? address.i(f, m) & 0xFFFF_FFFFL : address.l(f, m);
    }

    /// The address in the host's memory; traps if the access is out of bounds.
    ///
    /// @param index as given by [#index]
    public long checked(long index, int width, Machine m) {
        return memory == MEMORY_0
                ? m.address(index + offset, width, at)
                : m.address(memory, index, offset, width, at);
    }

    /// The effective address, of which only the low bits are right.
    ///
    /// @param index as given by [#index]
    public long lowBits(long index) {
        return index + offset;
    }

    /// The effective address, which a host call will check; traps if it has more than 64 bits.
    ///
    /// @param index as given by [#index]
    public long effective(long index, Machine m) {
        long effective = index + offset;
        if (memory != MEMORY_0 && Long.compareUnsigned(effective, offset) < 0) {
            throw m.trap(TrapKind.MEMORY_OUT_OF_BOUNDS, at);
        }
        return effective;
    }
}
