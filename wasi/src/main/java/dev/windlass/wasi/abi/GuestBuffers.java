package dev.windlass.wasi.abi;

import dev.windlass.runtime.boundary.Raw;

/// A list of buffers in the guest's memory (`iovec` or `ciovec`), read once and checked once, so that
/// another thread's writes cannot change it any more. Lists longer than [#MAX_COUNT] and totals beyond
/// [#MAX_TOTAL] are cut: a short transfer is always allowed.
public final class GuestBuffers {
    /// As many as systems take in one call.
    public static final int MAX_COUNT = 1024;

    /// As much as Linux transfers in one call.
    public static final long MAX_TOTAL = 0x7FFF_F000;

    private static final int IOVEC = 8;

    private final long[] addresses;
    private final int[] lengths;
    private int count;
    private long total;

    private GuestBuffers(int capacity) {
        addresses = new long[capacity];
        lengths = new int[capacity];
    }

    /// Reads the list.
    ///
    /// @param pointer of the first entry
    /// @param entries how many, unsigned
    public static GuestBuffers read(GuestMemory memory, long pointer, long entries) {
        memory.address(pointer, entries * IOVEC);
        int n = (int) Math.min(entries, MAX_COUNT);
        GuestBuffers buffers = new GuestBuffers(n);
        for (int i = 0; i < n; i++) {
            long at = pointer + (long) i * IOVEC;
            long length = memory.getInt(at + 4) & 0xFFFF_FFFFL;
            buffers.add(memory.address(memory.getInt(at) & 0xFFFF_FFFFL, length), length);
        }
        if (buffers.total == 0 && entries > MAX_COUNT) {
            throw Errno.INVAL.failure();
        }
        return buffers;
    }

    private void add(long address, long length) {
        long fits = Math.min(length, MAX_TOTAL - total);
        if (fits > 0) {
            addresses[count] = address;
            lengths[count++] = (int) fits;
            total += fits;
        }
    }

    /// How many buffers, none of them empty.
    public int count() {
        return count;
    }

    public long address(int index) {
        return addresses[index];
    }

    public int length(int index) {
        return lengths[index];
    }

    /// The length of all together.
    public long total() {
        return total;
    }

    /// Copies what is in the buffers, from an offset in the whole on.
    ///
    /// @return how much: less than asked for only at the end
    public int gather(long offset, byte[] to, int bytes) {
        return transfer(offset, to, bytes, true);
    }

    /// Fills the buffers, from an offset in the whole on.
    ///
    /// @return how much: less than asked for only at the end
    public int scatter(long offset, byte[] from, int bytes) {
        return transfer(offset, from, bytes, false);
    }

    private int transfer(long offset, byte[] array, int bytes, boolean gather) {
        int done = 0;
        long skip = offset;
        for (int i = 0; i < count && done < bytes; i++) {
            int n = (int) Math.min(lengths[i] - skip, bytes - done);
            if (n <= 0) {
                skip -= lengths[i];
                continue;
            }
            if (gather) {
                Raw.copy(addresses[i] + skip, array, done, n);
            } else {
                Raw.copy(array, done, addresses[i] + skip, n);
            }
            done += n;
            skip = 0;
        }
        return done;
    }
}
