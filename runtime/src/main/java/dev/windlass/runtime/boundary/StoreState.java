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

    public static final int SIZE = 64;

    private StoreState() {}
}
