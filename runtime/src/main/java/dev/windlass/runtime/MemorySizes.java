package dev.windlass.runtime;

import dev.windlass.wasm.MemoryType;

/// Arithmetic on sizes of memories, which overflow in every way that a module can think of.
final class MemorySizes {
    /// More bytes than this no memory has, whatever its type says: what a system can map.
    private static final long LARGEST = 1L << 45;

    private MemorySizes() {}

    /// The length that a memory of the type starts with.
    ///
    /// @throws Trap if no memory can have it
    static long initialBytes(MemoryType type) {
        long pages = type.limits().min();
        if (Long.compareUnsigned(pages, LARGEST >>> type.pageSizeLog2()) > 0) {
            throw new Trap(
                    TrapKind.OUT_OF_MEMORY,
                    TrapKind.OUT_OF_MEMORY.text()
                            + ": a memory of "
                            + Long.toUnsignedString(pages)
                            + " pages cannot be allocated");
        }
        return pages << type.pageSizeLog2();
    }

    /// The greatest length that a memory of the type can have.
    static long maxBytes(MemoryType type) {
        long pages = type.maxPages();
        if (type.limits().hasMax() && Long.compareUnsigned(type.limits().max(), pages) < 0) {
            pages = type.limits().max();
        }
        long largest = LARGEST >>> type.pageSizeLog2();
        return (Long.compareUnsigned(pages, largest) < 0 ? pages : largest) << type.pageSizeLog2();
    }

    /// The length after growing, or -1 if the type does not allow it.
    static long grownBytes(MemoryType type, long pages, long more) {
        long max = maxBytes(type) >>> type.pageSizeLog2();
        return Long.compareUnsigned(more, max - pages) > 0
                ? -1
                : (pages + more) << type.pageSizeLog2();
    }

    /// @throws Trap if the budget does not have it
    static void reserve(MemoryBudget budget, long bytes) {
        if (!budget.reserve(bytes)) {
            throw new Trap(
                    TrapKind.OUT_OF_MEMORY,
                    TrapKind.OUT_OF_MEMORY.text()
                            + ": "
                            + bytes
                            + " bytes more than the "
                            + budget.used()
                            + " in use exceed the limit of "
                            + budget.limit());
        }
    }

    static Trap outOfMemory(long bytes) {
        return new Trap(
                TrapKind.OUT_OF_MEMORY,
                TrapKind.OUT_OF_MEMORY.text() + ": the system does not give " + bytes + " bytes");
    }
}
