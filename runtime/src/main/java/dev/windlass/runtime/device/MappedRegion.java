package dev.windlass.runtime.device;

import org.jspecify.annotations.Nullable;

/// Reserved address space, made usable as it grows: costs only what is touched and never copies.
final class MappedRegion implements Region {
    private final long base;
    private final long capacity;
    private final long reserved;
    private long committed;

    private MappedRegion(long base, long capacity, long reserved) {
        this.base = base;
        this.capacity = capacity;
        this.reserved = reserved;
    }

    /// A region of at least `bytes`, of `wanted` if the address space is there; null if neither.
    static @Nullable MappedRegion reserve(long bytes, long wanted) {
        if (bytes < 0 || wanted > PageMapper.LARGEST || bytes > wanted || !PageMapper.exists()) {
            return null;
        }
        for (long capacity = wanted; ; capacity = Math.max(bytes, capacity / 2)) {
            long reserved = PageMapper.roundUp(capacity + PADDING);
            long base = PageMapper.reserve(reserved);
            if (base != 0) {
                return new MappedRegion(base, capacity, reserved);
            }
            if (capacity == bytes) {
                return null;
            }
        }
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
        long needed = PageMapper.roundUp(bytes + PADDING);
        if (needed <= committed) {
            return true;
        }
        if (!PageMapper.commit(base + committed, needed - committed)) {
            return false;
        }
        committed = needed;
        return true;
    }

    @Override
    public void free() {
        PageMapper.release(base, reserved);
    }
}
