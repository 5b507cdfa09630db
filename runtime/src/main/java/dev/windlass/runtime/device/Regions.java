package dev.windlass.runtime.device;

import org.jspecify.annotations.Nullable;

/// Chooses the device. Small regions are plain allocations, because a program that needs no more
/// should not wait for the system's functions to be linked; large ones are reservations where the
/// system has them.
public final class Regions {
    /// From this size on a region is mapped: zeroing so much by hand costs about as much as linking
    /// mmap, which happens once.
    static final long MAPPED_FROM = 32L << 20;

    /// What a region with an enormous maximum reserves at least.
    private static final long RESERVATION = 16L << 30;

    private Regions() {}

    /// A region with `bytes` usable that can grow towards `maximum`, as far as that costs nothing.
    ///
    /// @return null if the memory is not there
    public static @Nullable Region allocate(long bytes, long maximum) {
        if (bytes < MAPPED_FROM) {
            Region small = ArenaRegion.allocate(bytes);
            if (small != null) {
                return small;
            }
        }
        Region mapped = mapped(bytes, reservation(bytes, maximum));
        return mapped != null ? mapped : ArenaRegion.allocate(bytes);
    }

    /// A region with `bytes` usable that surely can grow to `maximum` in place.
    ///
    /// @return null if the memory is not there
    public static @Nullable Region allocateFixed(long bytes, long maximum) {
        if (maximum >= MAPPED_FROM) {
            MappedRegion region = MappedRegion.reserve(maximum, maximum);
            if (region != null) {
                return committed(region, bytes);
            }
        }
        return ArenaRegion.allocate(maximum);
    }

    /// A larger region for what was in one of `old` bytes: with headroom, so that growing step by
    /// step does not copy each time.
    ///
    /// @return null if the memory is not there
    public static @Nullable Region allocateLarger(long bytes, long maximum, long old) {
        long roomy = Math.min(maximum, Math.max(bytes, 2 * old));
        if (roomy >= MAPPED_FROM) {
            Region mapped = mapped(bytes, reservation(roomy, maximum));
            if (mapped != null) {
                return mapped;
            }
        }
        Region region = ArenaRegion.allocate(roomy);
        return region != null ? region : ArenaRegion.allocate(bytes);
    }

    private static long reservation(long bytes, long maximum) {
        return Math.min(maximum, Math.max(RESERVATION, 2 * bytes));
    }

    private static @Nullable Region mapped(long bytes, long wanted) {
        MappedRegion region = MappedRegion.reserve(bytes, wanted);
        return region == null ? null : committed(region, bytes);
    }

    private static @Nullable Region committed(MappedRegion region, long bytes) {
        if (region.extend(bytes)) {
            return region;
        }
        region.free();
        return null;
    }
}
