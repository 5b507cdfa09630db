package dev.windlass.runtime;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.MemoryType;

/// A memory instance. An unshared one belongs to its store; a shared one to all stores that import
/// it, and lives until the last of them closes.
public abstract sealed class MemoryInstance implements Extern permits UnsharedMemory, SharedMemory {
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

    /// Whether compiled code need not check accesses, because whatever is out of bounds faults.
    public abstract boolean isGuarded();

    /// Keeps the base in a context that has this as memory 0.
    abstract void addContext(long context);

    /// Whether instances of that store may import it.
    abstract boolean isUsableIn(RuntimeStore user);

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

    /// `memory.atomic.wait32` and `wait64`.
    ///
    /// @param address effective, unsigned
    /// @param width 4 or 8
    /// @param nanos negative: without end
    /// @return 0 woken, 1 not equal, 2 timed out
    /// @throws Trap if the access is not possible, the memory not shared, or the wait interrupted
    public final int await(RuntimeStore store, long address, int width, long expected, long nanos) {
        long at = aligned(address, width);
        if (!(this instanceof SharedMemory shared)) {
            throw new Trap(TrapKind.EXPECTED_SHARED_MEMORY);
        }
        return shared.waitQueues()
                .await(
                        store,
                        address,
                        () ->
                                width == 4
                                        ? Raw.getIntVolatile(at) == (int) expected
                                        : Raw.getLongVolatile(at) == expected,
                        nanos);
    }

    /// `memory.atomic.notify`.
    ///
    /// @param address effective, unsigned
    /// @param count unsigned
    /// @return how many were woken
    /// @throws Trap if the access is not possible
    public final int wake(long address, int count) {
        aligned(address, 4);
        return this instanceof SharedMemory shared ? shared.waitQueues().wake(address, count) : 0;
    }

    private long aligned(long address, int width) {
        if ((address & (width - 1)) != 0) {
            throw new Trap(TrapKind.UNALIGNED_ATOMIC);
        }
        return range(address, width);
    }

    @Override
    public final ExternKind kind() {
        return ExternKind.MEMORY;
    }
}
