package dev.windlass.wasi.abi;

/// What is known of a file. Times are nanoseconds since 1970.
public record FileStat(
        long device,
        long inode,
        FileType type,
        long links,
        long size,
        long accessed,
        long modified,
        long changed) {
    /// Of something that has nothing but a type.
    public static FileStat of(FileType type) {
        return new FileStat(0, 0, type, 0, 0, 0, 0, 0);
    }

    /// Stores it as `filestat`.
    public void store(GuestMemory memory, long pointer) {
        memory.address(pointer, 64);
        memory.putLong(pointer, device);
        memory.putLong(pointer + 8, inode);
        memory.putLong(pointer + 16, type.code());
        memory.putLong(pointer + 24, links);
        memory.putLong(pointer + 32, size);
        memory.putLong(pointer + 40, accessed);
        memory.putLong(pointer + 48, modified);
        memory.putLong(pointer + 56, changed);
    }
}
