package dev.windlass.wasm;

/// Bounds of a memory (in pages) or table (in elements).
///
/// @param min unsigned
/// @param max unsigned, meaningless unless `hasMax`
/// @param hasMax whether there is a maximum
public record Limits(long min, long max, boolean hasMax) {
    public static Limits atLeast(long min) {
        return new Limits(min, -1, false);
    }

    public static Limits of(long min, long max) {
        return new Limits(min, max, true);
    }
}
