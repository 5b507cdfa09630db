package dev.windlass.runtime;

import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.MemoryRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.device.Region;
import dev.windlass.runtime.device.Regions;
import dev.windlass.wasm.MemoryType;
import org.jspecify.annotations.Nullable;

/// A memory that threads share, each with a store of its own. It reserves its maximum and never
/// moves; it lives until the last store that uses it is closed.
final class SharedMemory extends MemoryInstance {
    private final MemoryBudget budget;
    private final MemoryType type;
    private final long maxBytes;
    private final boolean isGuarded;
    private final Region region;
    private final Region recordRegion;
    private final long record;
    private final WaitQueues waitQueues = new WaitQueues();
    private volatile long base;
    private volatile long length;
    private int users = 1;

    /// @param isGuarded whether compiled code relies on faults around it
    SharedMemory(MemoryBudget budget, MemoryType type, boolean isGuarded) {
        this.budget = budget;
        this.type = type;
        long bytes = MemorySizes.initialBytes(type);
        maxBytes = Math.max(bytes, Math.min(MemorySizes.maxBytes(type), budget.limit()));
        MemorySizes.reserve(budget, bytes);
        this.isGuarded = isGuarded;
        Region main =
                isGuarded
                        ? Regions.allocateGuarded(bytes, maxBytes)
                        : Regions.allocateFixed(bytes, maxBytes);
        Region small = Regions.allocate(MemoryRecord.SIZE, MemoryRecord.SIZE);
        if (main == null || small == null) {
            free(main);
            free(small);
            budget.release(bytes);
            throw MemorySizes.outOfMemory(maxBytes);
        }
        region = main;
        recordRegion = small;
        record = small.base();
        base = main.base();
        length = bytes;
        Raw.putLong(record + MemoryRecord.BASE, base);
        Raw.putLongVolatile(record + MemoryRecord.LENGTH, bytes);
    }

    private static void free(@Nullable Region region) {
        if (region != null) {
            region.free();
        }
    }

    @Override
    void addContext(long context) {
        Raw.putLong(context + ContextLayout.MEMORY0_BASE, base);
    }

    @Override
    boolean isUsableIn(RuntimeStore user) {
        return true;
    }

    @Override
    public MemoryType type() {
        return type;
    }

    @Override
    public long base() {
        return base;
    }

    @Override
    public long byteLength() {
        return length;
    }

    @Override
    public boolean isGuarded() {
        return isGuarded;
    }

    /// Growth by two threads at once happens one after the other; a length that a thread sees is
    /// usable.
    @Override
    public synchronized long grow(long pages) {
        long now = length;
        long bytes = MemorySizes.grownBytes(type, pages(), pages);
        if (bytes < 0 || bytes > maxBytes || users == 0 || !budget.reserve(bytes - now)) {
            return -1;
        }
        if (!region.extend(bytes)) {
            budget.release(bytes - now);
            return -1;
        }
        Raw.putLongVolatile(record + MemoryRecord.LENGTH, bytes);
        length = bytes;
        return now >>> type.pageSizeLog2();
    }

    @Override
    public long record() {
        return record;
    }

    WaitQueues waitQueues() {
        return waitQueues;
    }

    /// A store begins to use it.
    ///
    /// @throws IllegalStateException if its last store is closed
    synchronized void retain() {
        if (users == 0) {
            throw new IllegalStateException("the shared memory's last store is closed");
        }
        users++;
    }

    /// A store that used it is closed.
    synchronized void release() {
        if (--users == 0) {
            budget.release(length);
            length = 0;
            base = 0;
            region.free();
            recordRegion.free();
        }
    }
}
