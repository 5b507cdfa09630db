package dev.windlass.runtime.boundary;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Ranges of addresses that a signal handler looks through, so they lie off the heap: a count, and so
/// many pairs of the first address and the one after the last; a free pair is twice 0. Thread-safe;
/// lives as long as the process.
public final class AddressRanges {
    private static final int PAIR = 16;
    private static final int FIRST = 8;

    /// Where a fault of compiled code is a guest's access out of bounds: the reservations of guarded
    /// memories.
    public static final AddressRanges GUARDED = new AddressRanges();

    /// The address of the block is here; a full block is replaced by a larger one and stays, since a
    /// handler may be reading it.
    private final MemorySegment cell = Arena.global().allocate(ValueLayout.JAVA_LONG);

    private long capacity;

    public AddressRanges() {
        grow(64);
    }

    /// The address of the cell that holds the address of the block.
    public long cell() {
        return cell.address();
    }

    private long block() {
        return Raw.getLong(cell.address());
    }

    private void grow(long pairs) {
        MemorySegment larger = Arena.global().allocate(FIRST + pairs * PAIR, 8);
        if (capacity > 0) {
            Raw.copy(block(), larger.address(), FIRST + capacity * PAIR);
        }
        capacity = pairs;
        Raw.putLongVolatile(cell.address(), larger.address());
    }

    /// Adds a range.
    public synchronized void add(long low, long high) {
        long count = Raw.getLong(block());
        for (long i = 0; i < count; i++) {
            if (Raw.getLong(pair(i)) == 0) {
                put(i, low, high);
                return;
            }
        }
        if (count == capacity) {
            grow(2 * capacity);
        }
        put(count, low, high);
        Raw.putLongVolatile(block(), count + 1);
    }

    /// The upper end first: a handler never sees a range that is too large.
    private void put(long index, long low, long high) {
        Raw.putLongVolatile(pair(index) + 8, 0);
        Raw.putLongVolatile(pair(index), low);
        Raw.putLongVolatile(pair(index) + 8, high);
    }

    /// Removes a range that was added.
    public synchronized void remove(long low) {
        long count = Raw.getLong(block());
        for (long i = 0; i < count; i++) {
            if (Raw.getLong(pair(i)) == low) {
                Raw.putLongVolatile(pair(i) + 8, 0);
                Raw.putLongVolatile(pair(i), 0);
                return;
            }
        }
    }

    private long pair(long index) {
        return block() + FIRST + index * PAIR;
    }
}
