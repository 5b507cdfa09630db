package dev.windlass.runtime.boundary;

/// The layout of a store's state, reached from contexts. Offsets in bytes.
public final class StoreState {
    /// 32 bits: not zero when the guest is to stop at the next poll.
    public static final int INTERRUPT = 0;

    /// 64 bits: fuel left, signed.
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

    /// Return addresses of compiled frames at a trap, the innermost first, 64 bits each.
    public static final int FRAMES = 88;

    public static final int MAX_FRAMES = 64;

    /// 64 bits: what [#STACK_LIMIT] is on the current thread while the guest is not to stop.
    public static final int THREAD_STACK_LIMIT = 600;

    /// 64 bits: the address of the instruction that faulted, if [#TRAP_OFFSET] is -1.
    public static final int TRAP_ADDRESS = 608;

    /// 64 bits: the reference to the exception that is on its way to a handler in compiled code; 0
    /// if there is none.
    public static final int EXCEPTION = 616;

    /// Results of a compiled function after the first, as slots; also the arguments of exceptions and
    /// of protected calls.
    public static final int RESULTS = 640;

    /// As many as a function can have, all of them vectors.
    private static final int RESULTS_SIZE = 16 * 1000;

    public static final int SIZE = RESULTS + RESULTS_SIZE;

    private StoreState() {}
}
