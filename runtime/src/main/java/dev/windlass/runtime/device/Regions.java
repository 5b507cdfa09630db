package dev.windlass.runtime.device;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Chooses the device. Small regions are plain allocations, because a program that needs no more
/// should not wait for the system's functions to be linked; large ones are reservations where the
/// system has them. Once they are linked, or zeroing has cost as much as linking them, medium ones
/// are reservations too.
public final class Regions {
    /// From this size on a region is mapped: zeroing so much by hand costs about as much as linking
    /// mmap, which happens once.
    static final long MAPPED_FROM = 32L << 20;

    /// From this size on a region is mapped if that costs no linking.
    static final long MAPPED_CHEAPLY_FROM = 1L << 20;

    /// What a region with an enormous maximum reserves at least.
    private static final long RESERVATION = 16L << 30;

    /// Bytes of medium plain allocations so far.
    private static final AtomicLong ZEROED = new AtomicLong();

    private Regions() {}

    private static boolean isMapped(long bytes) {
        return bytes >= (ZEROED.get() >= MAPPED_FROM ? MAPPED_CHEAPLY_FROM : MAPPED_FROM);
    }

    private static @Nullable Region plain(long bytes) {
        if (bytes >= MAPPED_CHEAPLY_FROM) {
            ZEROED.addAndGet(Math.min(bytes, MAPPED_FROM));
        }
        return ArenaRegion.allocate(bytes);
    }

    /// A region with `bytes` usable that can grow towards `maximum`, as far as that costs nothing.
    ///
    /// @return null if the memory is not there
    public static @Nullable Region allocate(long bytes, long maximum) {
        if (!isMapped(bytes)) {
            Region small = plain(bytes);
            if (small != null) {
                return small;
            }
        }
        Region mapped = mapped(bytes, reservation(bytes, maximum));
        return mapped != null ? mapped : plain(bytes);
    }

    /// A region with `bytes` usable that surely can grow to `maximum` in place.
    ///
    /// @return null if the memory is not there
    public static @Nullable Region allocateFixed(long bytes, long maximum) {
        if (isMapped(maximum)) {
            MappedRegion region = MappedRegion.reserve(maximum, maximum);
            if (region != null) {
                return committed(region, bytes);
            }
        }
        return plain(maximum);
    }

    /// A region with `bytes` usable that can grow to `maximum` in place, and around which compiled
    /// code faults.
    ///
    /// @return null if the memory or the address space is not there
    public static @Nullable Region allocateGuarded(long bytes, long maximum) {
        GuardedRegion region = GuardedRegion.reserve(maximum);
        if (region == null) {
            return null;
        }
        ZEROED.addAndGet(MAPPED_FROM); // linked by now
        if (region.extend(bytes)) {
            return region;
        }
        region.free();
        return null;
    }

    /// A larger region for what was in one of `old` bytes: with headroom, so that growing step by
    /// step does not copy each time.
    ///
    /// @return null if the memory is not there
    public static @Nullable Region allocateLarger(long bytes, long maximum, long old) {
        long roomy = Math.min(maximum, Math.max(bytes, 2 * old));
        if (isMapped(roomy)) {
            Region mapped = mapped(bytes, reservation(roomy, maximum));
            if (mapped != null) {
                return mapped;
            }
        }
        Region region = plain(roomy);
        return region != null ? region : plain(bytes);
    }

    private static long reservation(long bytes, long maximum) {
        return Math.min(maximum, Math.max(RESERVATION, 2 * bytes));
    }

    private static @Nullable Region mapped(long bytes, long wanted) {
        MappedRegion region = MappedRegion.reserve(bytes, wanted);
        if (region == null) {
            return null;
        }
        ZEROED.addAndGet(MAPPED_FROM); // linked by now
        return committed(region, bytes);
    }

    private static @Nullable Region committed(MappedRegion region, long bytes) {
        if (region.extend(bytes)) {
            return region;
        }
        region.free();
        return null;
    }
}
