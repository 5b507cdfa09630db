package dev.windlass.runtime.device;

import dev.windlass.runtime.boundary.AddressRanges;
import org.jspecify.annotations.Nullable;

/// Reserved address space around a memory of 32-bit addresses, so large that no access of compiled
/// code can reach past it: an index and an offset of 32 bits each, and the access itself. What is not
/// in use faults. Nothing beyond the usable bytes can be touched, [Region#PADDING] included: the
/// length is a multiple of every word.
public final class GuardedRegion implements Region {
    private static final long ADDRESSES = 1L << 33;
    private static final long WIDEST = 1L << 16;

    private final long base;
    private final long capacity;
    private long committed;

    private GuardedRegion(long base, long capacity) {
        this.base = base;
        this.capacity = capacity;
    }

    /// A region that can grow to `capacity`, or null if the address space is not there.
    static @Nullable GuardedRegion reserve(long capacity) {
        if (!PageMapper.exists()) {
            return null;
        }
        long base = PageMapper.reserve(ADDRESSES + WIDEST);
        if (base == 0) {
            return null;
        }
        AddressRanges.GUARDED.add(base, base + ADDRESSES + WIDEST);
        return new GuardedRegion(base, capacity);
    }

    @Override
    public long base() {
        return base;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public boolean extend(long bytes) {
        if (bytes > capacity) {
            return false;
        }
        if (bytes > committed) {
            if (!PageMapper.commit(base + committed, bytes - committed)) {
                return false;
            }
            committed = bytes;
        }
        return true;
    }

    @Override
    public void free() {
        AddressRanges.GUARDED.remove(base);
        PageMapper.release(base, ADDRESSES + WIDEST);
    }
}
