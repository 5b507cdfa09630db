package dev.windlass.runtime;

import java.lang.foreign.Arena;

/// Where a store's records, contexts and host-made globals lie: small zeroed blocks that live as
/// long as the store.
final class RecordArena {
    private static final long CHUNK = 1 << 16;

    private final Arena arena = Arena.ofShared();
    private long next;
    private long end;

    /// A zeroed block, aligned to sixteen bytes.
    long allocate(long bytes) {
        long size = (bytes + 15) & -16;
        if (size > CHUNK / 4) {
            return fresh(size);
        }
        if (size > end - next) {
            next = fresh(CHUNK);
            end = next + CHUNK;
        }
        long block = next;
        next += size;
        return block;
    }

    private long fresh(long bytes) {
        try {
            return arena.allocate(bytes, 16).address();
        } catch (OutOfMemoryError e) {
            throw MemorySizes.outOfMemory(bytes);
        }
    }

    void close() {
        arena.close();
    }
}
