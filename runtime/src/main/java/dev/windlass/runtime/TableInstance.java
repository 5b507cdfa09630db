package dev.windlass.runtime;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.TableRecord;
import dev.windlass.runtime.device.Region;
import dev.windlass.runtime.device.Regions;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.TableType;

/// A table instance: 64-bit references off the heap. Belongs to a store.
public final class TableInstance implements Extern {
    /// More elements than this no table has: what other engines allow too.
    public static final long MAX_LENGTH = 10_000_000;

    private static final int ELEMENT = 8;

    private final RuntimeStore store;
    private final TableType type;
    private final long record;
    private Region region;
    private long base;
    private long length;

    /// @param type closed
    TableInstance(RuntimeStore store, TableType type, long reference) {
        this.store = store;
        this.type = type;
        length = initialLength(type);
        MemorySizes.reserve(store.budget(), length * ELEMENT);
        Region first = Regions.allocate(length * ELEMENT, MAX_LENGTH * ELEMENT);
        if (first == null) {
            store.budget().release(length * ELEMENT);
            throw MemorySizes.outOfMemory(length * ELEMENT);
        }
        region = first;
        base = first.base();
        record = store.allocate(TableRecord.SIZE);
        publish();
        fillElements(0, reference, length);
    }

    private static long initialLength(TableType type) {
        long min = type.limits().min();
        if (Long.compareUnsigned(min, MAX_LENGTH) > 0) {
            throw new Trap(
                    TrapKind.OUT_OF_MEMORY,
                    TrapKind.OUT_OF_MEMORY.text()
                            + ": a table of "
                            + Long.toUnsignedString(min)
                            + " elements cannot be allocated");
        }
        return min;
    }

    private void publish() {
        Raw.putLong(record + TableRecord.BASE, base);
        Raw.putLong(record + TableRecord.LENGTH, length);
    }

    public RuntimeStore store() {
        return store;
    }

    /// The type, closed; the minimum is what it was made with.
    public TableType type() {
        return type;
    }

    /// The length in elements now.
    public long length() {
        return length;
    }

    /// @throws Trap if the index is out of bounds
    public long get(long index) {
        return Raw.getLong(element(index));
    }

    /// @throws Trap if the index is out of bounds
    public void set(long index, long reference) {
        Raw.putLong(element(index), reference);
    }

    private long element(long index) {
        if (Long.compareUnsigned(index, length) >= 0) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        return base + index * ELEMENT;
    }

    /// Grows by some elements.
    ///
    /// @return the old length, or -1 if it cannot grow
    public long grow(long count, long reference) {
        long old = length;
        if (Long.compareUnsigned(count, maxLength() - old) > 0 || !store.isOpen()) {
            return -1;
        }
        long bytes = (old + count) * ELEMENT;
        if (!store.budget().reserve(count * ELEMENT)) {
            return -1;
        }
        if (!region.extend(bytes) && !move(bytes)) {
            store.budget().release(count * ELEMENT);
            return -1;
        }
        length = old + count;
        publish();
        fillElements(old, reference, count);
        return old;
    }

    private long maxLength() {
        boolean isSmaller =
                type.limits().hasMax() && Long.compareUnsigned(type.limits().max(), MAX_LENGTH) < 0;
        return isSmaller ? type.limits().max() : MAX_LENGTH;
    }

    private boolean move(long bytes) {
        Region larger = Regions.allocateLarger(bytes, MAX_LENGTH * ELEMENT, length * ELEMENT);
        if (larger == null) {
            return false;
        }
        Raw.copy(base, larger.base(), length * ELEMENT);
        region.free();
        region = larger;
        base = larger.base();
        return true;
    }

    /// Sets elements.
    ///
    /// @throws Trap before anything is written, if they are not all inside
    public void fill(long index, long reference, long count) {
        check(index, count);
        fillElements(index, reference, count);
    }

    private void fillElements(long index, long reference, long count) {
        if (reference == 0) {
            Raw.fill(base + index * ELEMENT, count * ELEMENT, (byte) 0);
            return;
        }
        for (long i = 0; i < count; i++) {
            Raw.putLong(base + (index + i) * ELEMENT, reference);
        }
    }

    /// Copies elements from a table, which may be this one.
    ///
    /// @throws Trap before anything is written, if they are not all inside
    public void copy(long index, TableInstance from, long fromIndex, long count) {
        from.check(fromIndex, count);
        check(index, count);
        Raw.copy(from.base + fromIndex * ELEMENT, base + index * ELEMENT, count * ELEMENT);
    }

    /// Throws unless all of a range is inside; all three numbers are unsigned.
    void check(long index, long count) {
        if (Long.compareUnsigned(count, length) > 0
                || Long.compareUnsigned(index, length - count) > 0) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
    }

    /// The address of its [TableRecord].
    public long record() {
        return record;
    }

    /// Frees it; the store is closing.
    void free() {
        store.budget().release(length * ELEMENT);
        length = 0;
        base = 0;
        region.free();
    }

    @Override
    public final ExternKind kind() {
        return ExternKind.TABLE;
    }
}
