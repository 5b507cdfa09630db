package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The descriptors of a process by number, shared by its threads. The lowest free number is given out
/// first, as POSIX systems do.
public final class DescriptorTable {
    /// So that a guest that opens without end leaves handles for the host itself.
    public static final int MAX_OPEN = 4096;

    private final List<@Nullable Descriptor> entries = new ArrayList<>();
    private final BitSet used = new BitSet();

    /// Adds a descriptor; if the table is full it is closed.
    public int add(Descriptor descriptor) {
        synchronized (this) {
            int fd = used.nextClearBit(0);
            if (fd < MAX_OPEN) {
                if (fd == entries.size()) {
                    entries.add(null);
                }
                put(fd, descriptor);
                return fd;
            }
        }
        descriptor.release();
        throw Errno.MFILE.failure();
    }

    private void put(int fd, @Nullable Descriptor descriptor) {
        entries.set(fd, descriptor);
        used.set(fd, descriptor != null);
    }

    /// The descriptor of a number, with one user more: the caller releases it.
    public synchronized Descriptor acquire(int fd) {
        Descriptor descriptor = get(fd);
        if (!descriptor.acquire()) {
            throw Errno.BADF.failure();
        }
        return descriptor;
    }

    private Descriptor get(int fd) {
        Descriptor descriptor = fd < 0 || fd >= entries.size() ? null : entries.get(fd);
        if (descriptor == null) {
            throw Errno.BADF.failure();
        }
        return descriptor;
    }

    public void close(int fd) {
        Descriptor descriptor;
        synchronized (this) {
            descriptor = get(fd);
            put(fd, null);
        }
        letGo(descriptor);
    }

    /// Moves a descriptor to the number of another, which is closed.
    public void renumber(int from, int to) {
        Descriptor old;
        synchronized (this) {
            Descriptor moved = get(from);
            old = get(to);
            if (from == to) {
                return;
            }
            put(to, moved);
            put(from, null);
        }
        letGo(old);
    }

    /// Closes all.
    public void closeAll() {
        List<Descriptor> all = new ArrayList<>();
        synchronized (this) {
            for (Descriptor descriptor : entries) {
                if (descriptor != null) {
                    all.add(descriptor);
                }
            }
            entries.clear();
            used.clear();
        }
        all.forEach(DescriptorTable::letGo);
    }

    private static void letGo(Descriptor descriptor) {
        descriptor.abandoned();
        descriptor.release();
    }
}
