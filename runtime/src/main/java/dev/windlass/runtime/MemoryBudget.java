package dev.windlass.runtime;

import java.util.concurrent.atomic.AtomicLong;

/// What guests may still make grow: memories, tables, references, slot stacks. Shared by the stores
/// of one process object; thread-safe.
public final class MemoryBudget {
    private final long limit;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    /// @param limit in bytes
    public MemoryBudget(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("negative memory limit: " + limit);
        }
        this.limit = limit;
    }

    /// The limit in bytes.
    public long limit() {
        return limit;
    }

    /// Bytes in use.
    public long used() {
        return used.get();
    }

    /// The most bytes that were in use at a time.
    public long peak() {
        return peak.get();
    }

    /// Takes bytes, or nothing if they are not there.
    boolean reserve(long bytes) {
        while (true) {
            long now = used.get();
            if (bytes < 0 || bytes > limit - now) {
                return false;
            }
            if (used.compareAndSet(now, now + bytes)) {
                notePeak(now + bytes);
                return true;
            }
        }
    }

    private void notePeak(long bytes) {
        long highest = peak.get();
        while (bytes > highest && !peak.compareAndSet(highest, bytes)) {
            highest = peak.get();
        }
    }

    /// Gives bytes back.
    void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
