package dev.windlass.runtime;

import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.MemoryRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.device.Region;
import dev.windlass.runtime.device.Regions;
import dev.windlass.wasm.MemoryType;
import java.util.Arrays;

/// A memory of one store. It moves when it outgrows its region; the record and the contexts that
/// have it as memory 0 are told.
final class UnsharedMemory extends MemoryInstance {
    private final RuntimeStore store;
    private final MemoryType type;
    private final long record;
    private final boolean isGuarded;
    private Region region;
    private long base;
    private long length;
    private long[] contexts = {};

    UnsharedMemory(RuntimeStore store, MemoryType type) {
        this.store = store;
        this.type = type;
        length = MemorySizes.initialBytes(type);
        MemorySizes.reserve(store.budget(), length);
        isGuarded = store.engine().guards(type);
        long maximum = MemorySizes.maxBytes(type);
        Region first =
                isGuarded
                        ? Regions.allocateGuarded(length, maximum)
                        : Regions.allocate(length, maximum);
        if (first == null) {
            store.budget().release(length);
            throw MemorySizes.outOfMemory(length);
        }
        region = first;
        base = first.base();
        record = store.allocate(MemoryRecord.SIZE);
        publish();
    }

    private void publish() {
        Raw.putLong(record + MemoryRecord.BASE, base);
        Raw.putLong(record + MemoryRecord.LENGTH, length);
        for (long context : contexts) {
            Raw.putLong(context + ContextLayout.MEMORY0_BASE, base);
        }
    }

    @Override
    void addContext(long context) {
        contexts = Arrays.copyOf(contexts, contexts.length + 1);
        contexts[contexts.length - 1] = context;
        Raw.putLong(context + ContextLayout.MEMORY0_BASE, base);
    }

    @Override
    boolean isUsableIn(RuntimeStore user) {
        return user == store;
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
    public long grow(long pages) {
        long old = pages();
        long bytes = MemorySizes.grownBytes(type, old, pages);
        if (bytes < 0 || !store.isOpen() || !store.budget().reserve(bytes - length)) {
            return -1;
        }
        if (!region.extend(bytes) && !move(bytes)) {
            store.budget().release(bytes - length);
            return -1;
        }
        length = bytes;
        publish();
        return old;
    }

    @Override
    public boolean isGuarded() {
        return isGuarded;
    }

    private boolean move(long bytes) {
        if (isGuarded) {
            return false;
        }
        Region larger = Regions.allocateLarger(bytes, MemorySizes.maxBytes(type), length);
        if (larger == null) {
            return false;
        }
        Raw.copy(base, larger.base(), length);
        region.free();
        region = larger;
        base = larger.base();
        return true;
    }

    @Override
    public long record() {
        return record;
    }

    /// Frees it; the store is closing.
    void free() {
        store.budget().release(length);
        length = 0;
        base = 0;
        region.free();
    }
}
