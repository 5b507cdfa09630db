package dev.windlass;

/// A 128-bit vector.
///
/// @param low bytes 0 to 7, little endian
/// @param high bytes 8 to 15, little endian
public record V128(long low, long high) {
    /// In hexadecimal, the highest byte first.
    @Override
    public String toString() {
        return String.format("0x%016x%016x", high, low);
    }
}
