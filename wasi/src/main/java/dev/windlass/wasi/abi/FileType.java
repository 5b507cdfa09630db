package dev.windlass.wasi.abi;

/// The types of files, in their order: a constant's ordinal is its number.
public enum FileType {
    UNKNOWN,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    DIRECTORY,
    REGULAR_FILE,
    SOCKET_DGRAM,
    SOCKET_STREAM,
    SYMBOLIC_LINK;

    /// The number that the guest gets.
    @SuppressWarnings("EnumOrdinal") // the numbers are the order, without a hole
    public int code() {
        return ordinal();
    }
}
