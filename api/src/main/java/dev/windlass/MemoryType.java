package dev.windlass;

import dev.windlass.wasm.Limits;
import java.util.OptionalLong;

/// The type of a memory.
///
/// @param min pages at the start
/// @param max pages at most, if limited
/// @param is64 whether addresses are i64
/// @param shared whether threads may share it
/// @param pageSize bytes of a page: 65536, or 1 with custom page sizes
public record MemoryType(long min, OptionalLong max, boolean is64, boolean shared, long pageSize)
        implements ExternType {
    public MemoryType {
        if (Long.bitCount(pageSize) != 1) {
            throw new IllegalArgumentException("page size is not a power of two: " + pageSize);
        }
    }

    /// An ordinary memory with 32-bit addresses.
    public static MemoryType of(long min, long max) {
        return new MemoryType(min, OptionalLong.of(max), false, false, 1 << 16);
    }

    /// An ordinary memory with 32-bit addresses and no maximum of its own.
    public static MemoryType of(long min) {
        return new MemoryType(min, OptionalLong.empty(), false, false, 1 << 16);
    }

    /// A copy that threads may share.
    public MemoryType withShared() {
        return new MemoryType(min, max, is64, true, pageSize);
    }

    static MemoryType of(dev.windlass.wasm.MemoryType type) {
        return new MemoryType(
                type.limits().min(),
                Bounds.max(type.limits()),
                type.is64(),
                type.shared(),
                type.pageSize());
    }

    dev.windlass.wasm.MemoryType lower() {
        Limits limits = Bounds.limits(min, max);
        return new dev.windlass.wasm.MemoryType(
                limits, is64, shared, Long.numberOfTrailingZeros(pageSize));
    }

    @Override
    public String toString() {
        return (is64 ? "i64 " : "") + Bounds.text(min, max) + (shared ? " shared" : "");
    }
}
