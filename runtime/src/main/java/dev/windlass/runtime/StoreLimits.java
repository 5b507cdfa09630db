package dev.windlass.runtime;

/// What a store's guests may use.
///
/// @param maxMemoryBytes of everything that a guest can make grow: memories, tables, references,
///     slot stacks
/// @param stackBytes of the slot stack of one thread
/// @param maxCallDepth guest calls that may be nested
public record StoreLimits(long maxMemoryBytes, long stackBytes, int maxCallDepth) {
    public static final StoreLimits DEFAULT = new StoreLimits(Long.MAX_VALUE, 8L << 20, 1 << 17);

    public StoreLimits withMaxMemoryBytes(long bytes) {
        return new StoreLimits(bytes, stackBytes, maxCallDepth);
    }

    public StoreLimits withStackBytes(long bytes) {
        return new StoreLimits(maxMemoryBytes, bytes, maxCallDepth);
    }

    public StoreLimits withMaxCallDepth(int depth) {
        return new StoreLimits(maxMemoryBytes, stackBytes, depth);
    }
}
