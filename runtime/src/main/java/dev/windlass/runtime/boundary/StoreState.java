package dev.windlass.runtime.boundary;

import dev.windlass.runtime.GuestFrame;

/// The layout of a store's state, reached from contexts. Offsets in bytes.
public final class StoreState {
    /// 32 bits: not zero when the interpreter is to stop at its next poll.
    public static final int INTERRUPT = 0;

    /// 64 bits: fuel left, signed; where none is counted, more than can be used.
    public static final int FUEL = 8;

    /// 64 bits: the first free slot's address.
    public static final int SLOT_TOP = 16;

    /// 64 bits: the address after the last slot.
    public static final int SLOT_END = 24;

    /// 64 bits: the lowest stack pointer that a compiled function may begin with; all ones when the
    /// guest is to stop, so that the comparison fails.
    public static final int STACK_LIMIT = 32;

    /// 64 bits: the newest record of an entry into compiled code, 0 if there is none.
    public static final int ENTRY = 40;

    /// 64 bits: the newest record that may catch a WebAssembly exception; an entry is one.
    public static final int HANDLER = 48;

    /// 64 bits: the stack pointer at the newest call out of compiled code.
    public static final int LEAVE_SP = 56;

    /// 64 bits: the stack pointer of the outermost entry, 0 while no compiled code runs.
    public static final int OUTER_SP = 64;

    /// 32 bits: the kind of the trap that ended compiled code.
    public static final int TRAP_KIND = 72;

    /// 32 bits: where it trapped, as an offset in the module.
    public static final int TRAP_OFFSET = 76;

    /// 64 bits: how many return addresses are in [#FRAMES].
    public static final int FRAME_COUNT = 80;

    /// 64 bits: what [#STACK_LIMIT] is on the current thread while the guest is not to stop.
    public static final int THREAD_STACK_LIMIT = 600;

    /// 64 bits: the address of the instruction that faulted, if [#TRAP_OFFSET] is -1.
    public static final int TRAP_ADDRESS = 608;

    /// 64 bits: the reference to the exception that is on its way to a handler in compiled code; 0
    /// if there is none.
    public static final int EXCEPTION = 616;

    /// 64 bits: the record of a compiled function that an interpreted one, called by a bridge, ends
    /// with a tail call of, 0 if it returned. Its arguments are spread
    /// ([ArgumentPlaces#spread(long, long)]).
    public static final int TAIL_RECORD = 624;

    /// Results of a compiled function after the first, as slots; also the arguments of exceptions.
    public static final int RESULTS = 640;

    /// Arguments of a compiled function that are not in registers, as slots: in the same place,
    /// because a function takes them before it does anything else.
    public static final int ARGUMENTS = RESULTS;

    /// As many as a function can have, all of them vectors.
    private static final int VALUES_SIZE = 16 * 1000;

    /// What the callee of a tail call out of the interpreter gets in registers for integers, 64 bits
    /// each.
    public static final int INTEGER_REGISTERS = RESULTS + VALUES_SIZE;

    /// What it gets in registers for floats and vectors, 128 bits each.
    public static final int VECTOR_REGISTERS =
            INTEGER_REGISTERS + Slots.SIZE * ArgumentPlaces.INTEGERS;

    /// Return addresses of compiled frames at a trap, the innermost first, 64 bits each.
    public static final int FRAMES = VECTOR_REGISTERS + 2 * Slots.SIZE * ArgumentPlaces.VECTORS;

    /// Each function may have been called by way of `wl_try`, which has a frame too; some are
    /// thunks'.
    public static final int MAX_FRAMES = 2 * GuestFrame.MOST + 8;

    public static final int SIZE = FRAMES + 8 * MAX_FRAMES;

    private StoreState() {}
}
