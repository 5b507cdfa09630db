package dev.windlass.wasm;

/// A memory type.
///
/// @param limits in pages
/// @param is64 whether addresses are i64
/// @param shared whether threads share it
/// @param pageSizeLog2 16, or another with custom page sizes
public record MemoryType(Limits limits, boolean is64, boolean shared, int pageSizeLog2) {
    public static final int DEFAULT_PAGE_SIZE_LOG2 = 16;

    /// The type of addresses: [ValType#I64] or [ValType#I32].
    public int addressType() {
        return is64 ? ValType.I64 : ValType.I32;
    }

    /// Bytes of a page.
    public long pageSize() {
        return 1L << pageSizeLog2;
    }

    /// The greatest number of pages that the address type allows (2^48 at 64 KiB for i64; for one
    /// byte pages all of the address space but its last byte cannot be counted: 2^64-1).
    public long maxPages() {
        return is64
                ? (pageSizeLog2 == 0 ? -1L : 1L << (64 - pageSizeLog2))
                : (pageSizeLog2 == 0 ? 0xFFFF_FFFFL : 1L << (32 - pageSizeLog2));
    }
}
