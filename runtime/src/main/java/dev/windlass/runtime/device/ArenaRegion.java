package dev.windlass.runtime.device;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;

/// Memory from the allocator: there on every system and cheap to begin with, but zeroed, and so
/// touched, at once.
final class ArenaRegion implements Region {
    private final Arena arena;
    private final long base;
    private final long capacity;

    private ArenaRegion(Arena arena, long base, long capacity) {
        this.arena = arena;
        this.base = base;
        this.capacity = capacity;
    }

    /// A region, or null if the memory is not there.
    static @Nullable ArenaRegion allocate(long capacity) {
        if (capacity < 0 || capacity > Long.MAX_VALUE - PADDING) {
            return null;
        }
        Arena arena = Arena.ofShared();
        try {
            return new ArenaRegion(
                    arena, arena.allocate(capacity + PADDING, 16).address(), capacity);
        } catch (OutOfMemoryError | IllegalArgumentException e) {
            // The JDK bounds direct memory by -XX:MaxDirectMemorySize; the caller has another way
            // or tells the guest.
            arena.close();
            return null;
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
        return bytes <= capacity;
    }

    @Override
    public void free() {
        arena.close();
    }
}
