package dev.windlass.runtime.boundary;

/// The enumerated calls from guest code to the host, the same for every engine. Ids are append-only
/// and pinned by a test. The targets are the static methods of [HostCalls] of the same name.
public enum HostCall {
    // spotless:off one row, one call: id, signature, may trap, may run guest code
    /// memory, pages: old pages or -1
    MEMORY_GROW(0, HostSignature.IL_L, false, false),
    /// memory, segment, destination, source, bytes
    MEMORY_INIT(1, HostSignature.IILLL_, true, false),
    /// segment
    DATA_DROP(2, HostSignature.I_, false, false),
    /// destination memory, source memory, destination, source, bytes
    MEMORY_COPY(3, HostSignature.IILLL_, true, false),
    /// memory, destination, value, bytes
    MEMORY_FILL(4, HostSignature.ILIL_, true, false),
    /// table, index: reference
    TABLE_GET(5, HostSignature.IL_L, true, false),
    /// table, segment, destination, source, count
    TABLE_INIT(6, HostSignature.IILLL_, true, false),
    /// segment
    ELEM_DROP(7, HostSignature.I_, false, false),
    /// destination table, source table, destination, source, count
    TABLE_COPY(8, HostSignature.IILLL_, true, false),
    /// table, count, reference: old length or -1
    TABLE_GROW(9, HostSignature.ILL_L, false, false),
    /// table, index, reference, count
    TABLE_FILL(10, HostSignature.ILLL_, true, false),
    /// function index: reference
    REF_FUNC(11, HostSignature.I_L, false, false),
    /// memory, effective address, expected, timeout: 0 woken, 1 not equal, 2 timed out
    ATOMIC_WAIT32(12, HostSignature.ILLL_I, true, false),
    /// as above, 64 bits
    ATOMIC_WAIT64(13, HostSignature.ILLL_I, true, false),
    /// memory, effective address, count: woken
    ATOMIC_NOTIFY(14, HostSignature.ILI_I, true, false),
    /// tag, address of the arguments' slots
    THROW(15, HostSignature.IL_, true, false),
    /// exception reference
    THROW_REF(16, HostSignature.L_, true, false),
    /// trap kind
    TRAP(17, HostSignature.I_, true, false),
    /// reason: the interrupt word is set, or fuel is used up
    SAFEPOINT(18, HostSignature.I_, true, false),
    /// imported function, address of its slots
    CALL_IMPORT(19, HostSignature.IL_, true, true),
    /// function number in the store, address of its slots
    INVOKE_INTERPRETED(20, HostSignature.IL_, true, true),
    /// offset: the stack limit was raised by an interruption; returns if that is over
    STACK_CHECK(21, HostSignature.I_, true, false),
    /// type index, function reference: 1 if the function's type is it or a subtype of it, else 0
    CALLEE_MATCHES(22, HostSignature.IL_L, false, false),
    /// tag, exception reference: 1 if the exception has the tag, its arguments then in
    /// [StoreState#RESULTS], else 0
    EXCEPTION_MATCHES(23, HostSignature.IL_L, false, false);
    // spotless:on

    /// Part of every artifact: changes whenever the meaning of an id or a signature does.
    public static final int LIST_VERSION = 2;

    private final int id;
    private final HostSignature signature;
    private final boolean mayTrap;
    private final boolean mayRunGuest;

    HostCall(int id, HostSignature signature, boolean mayTrap, boolean mayRunGuest) {
        this.id = id;
        this.signature = signature;
        this.mayTrap = mayTrap;
        this.mayRunGuest = mayRunGuest;
    }

    public int id() {
        return id;
    }

    public HostSignature signature() {
        return signature;
    }

    public boolean mayTrap() {
        return mayTrap;
    }

    public boolean mayRunGuest() {
        return mayRunGuest;
    }
}
