package dev.windlass.runtime;

import dev.windlass.wasm.MemoryType;

/// A memory instance. An unshared one belongs to its store; a shared one to all stores that import
/// it, and lives until the last of them closes.
public abstract non-sealed class MemoryInstance implements Extern {
    /// The type; the minimum is what it was made with.
    public abstract MemoryType type();

    /// The address of the first byte. Of an unshared memory it may change when it grows.
    public abstract long base();

    /// The length in bytes now.
    public abstract long byteLength();

    /// The length in pages now.
    public final long pages() {
        return byteLength() >>> type().pageSizeLog2();
    }

    /// Grows by some pages.
    ///
    /// @return the old number of pages, or -1 if it cannot grow
    public abstract long grow(long pages);

    /// The address of its [dev.windlass.runtime.boundary.MemoryRecord].
    public abstract long record();

    /// The address of a range of the memory, checked.
    ///
    /// @param address in the guest's memory, unsigned
    /// @param bytes length, unsigned
    /// @throws Trap if it is not all inside
    public final long range(long address, long bytes) {
        long length = byteLength();
        if (Long.compareUnsigned(bytes, length) > 0
                || Long.compareUnsigned(address, length - bytes) > 0) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        return base() + address;
    }
}
