package dev.windlass.runtime;

import dev.windlass.runtime.boundary.Raw;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Java objects that guests hold as externref or exnref. A handle is
/// `tag (16 bits) | generation (16) | index (31) | 0`: not an address of any function record, not
/// an i31, and no number that a guest computes by chance.
///
/// When the table is full, a sweep frees what no root mentions; it grows if that was not enough.
final class HandleTable {
    private static final long TAG = 0xA5D3L << 48;
    private static final long TAG_MASK = 0xFFFFL << 48;
    private static final int FIRST_CAPACITY = 256;

    /// Below this capacity the table grows without a sweep, which has to look at the whole stack.
    private static final int SWEEP_FROM = 8192;

    /// What an entry costs: object, generation, index, a small object of the host.
    private static final long ENTRY_BYTES = 32;

    private final MemoryBudget budget;
    private final Consumer<Marker> roots;
    private @Nullable Object[] objects = {};
    private short[] generations = {};
    private int[] free = {};
    private int freeCount;

    /// Open addressing by identity: an index plus one, or 0.
    private int[] buckets = {};

    /// @param roots marks all references outside this table
    HandleTable(MemoryBudget budget, Consumer<Marker> roots) {
        this.budget = budget;
        this.roots = roots;
    }

    /// The object of a handle.
    ///
    /// @throws IllegalArgumentException if it is none, or one that was reclaimed
    Object object(long handle) {
        int index = indexOf(handle);
        Object object = index < 0 ? null : objects[index];
        if (object == null) {
            throw new IllegalArgumentException(
                    "not a reference of this store: 0x" + Long.toHexString(handle));
        }
        return object;
    }

    /// The index of a live handle, or -1.
    private int indexOf(long handle) {
        int index = (int) handle >>> 1;
        boolean isHandle =
                (handle & TAG_MASK) == TAG
                        && (handle & 1) == 0
                        && index < objects.length
                        && generations[index] == (short) (handle >>> 32);
        return isHandle ? index : -1;
    }

    /// The handle of an object, a new one or the one that it has.
    long handle(Object object) {
        int found = find(object);
        if (found >= 0) {
            return handleAt(found);
        }
        if (freeCount == 0) {
            makeRoom(object);
        }
        int index = free[--freeCount];
        objects[index] = object;
        insert(index);
        return handleAt(index);
    }

    private long handleAt(int index) {
        return TAG | (generations[index] & 0xFFFFL) << 32 | (long) index << 1;
    }

    @SuppressWarnings("ReferenceEquality") // by identity: the host's equals is not our business
    private int find(Object object) {
        if (buckets.length == 0) {
            return -1;
        }
        int mask = buckets.length - 1;
        int at = hash(object) & mask;
        while (buckets[at] != 0) {
            int index = buckets[at] - 1;
            if (objects[index] == object) {
                return index;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private void insert(int index) {
        int mask = buckets.length - 1;
        int at = hash(objects[index]);
        while (buckets[at & mask] != 0) {
            at++;
        }
        buckets[at & mask] = index + 1;
    }

    private static int hash(@Nullable Object object) {
        int h = System.identityHashCode(object);
        return h ^ h >>> 15;
    }

    private void makeRoom(Object incoming) {
        int capacity = objects.length;
        if (capacity >= SWEEP_FROM) {
            sweep(incoming);
        }
        if (freeCount <= capacity / 2 && !grow(Math.max(FIRST_CAPACITY, 2 * capacity))) {
            if (capacity < SWEEP_FROM) {
                sweep(incoming);
            }
            if (freeCount == 0) {
                throw MemorySizes.outOfMemory(capacity * ENTRY_BYTES);
            }
        }
    }

    private boolean grow(int capacity) {
        int old = objects.length;
        if (capacity > 1 << 28 || !budget.reserve((capacity - old) * ENTRY_BYTES)) {
            return false;
        }
        objects = Arrays.copyOf(objects, capacity);
        generations = Arrays.copyOf(generations, capacity);
        free = Arrays.copyOf(free, capacity);
        for (int index = capacity - 1; index >= old; index--) {
            free[freeCount++] = index;
        }
        buckets = new int[2 * capacity];
        reindex();
        return true;
    }

    private void reindex() {
        for (int index = 0; index < objects.length; index++) {
            if (objects[index] != null) {
                insert(index);
            }
        }
    }

    private void sweep(Object incoming) {
        Marker marker = new Marker();
        roots.accept(marker);
        marker.markObject(incoming);
        marker.markExceptions();
        for (int index = 0; index < objects.length; index++) {
            if (objects[index] != null && !marker.marked[index]) {
                objects[index] = null;
                generations[index]++;
                free[freeCount++] = index;
            }
        }
        Arrays.fill(buckets, 0);
        reindex();
    }

    /// The number of handles in use.
    int size() {
        return objects.length - freeCount;
    }

    /// Gives its part of the budget back; the store is closing.
    void close() {
        budget.release(objects.length * ENTRY_BYTES);
    }

    /// Collects what is reachable. Any 64 bits may be given: only live handles are marked.
    final class Marker {
        private final boolean[] marked = new boolean[objects.length];
        private int[] pending = new int[16];
        private int pendingCount;

        void mark(long slot) {
            int index = (slot & TAG_MASK) == TAG ? indexOf(slot) : -1;
            if (index >= 0 && !marked[index]) {
                marked[index] = true;
                if (objects[index] instanceof ExceptionInstance) {
                    pending =
                            pendingCount < pending.length
                                    ? pending
                                    : Arrays.copyOf(pending, 2 * pendingCount);
                    pending[pendingCount++] = index;
                }
            }
        }

        /// Marks what a Java object outside the table mentions.
        void markObject(Object object) {
            if (object instanceof ExceptionInstance exception) {
                for (long slot : exception.slots()) {
                    mark(slot);
                }
            }
        }

        void markRange(long address, long slots) {
            for (long i = 0; i < slots; i++) {
                mark(Raw.getLong(address + 8 * i));
            }
        }

        private void markExceptions() {
            while (pendingCount > 0) {
                Object object = objects[pending[--pendingCount]];
                if (object != null) {
                    markObject(object);
                }
            }
        }
    }
}
