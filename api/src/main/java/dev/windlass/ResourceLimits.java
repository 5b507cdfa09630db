package dev.windlass;

import dev.windlass.runtime.StoreLimits;

/// What the guests of one store may use. Immutable: each `withX` returns a copy.
///
/// @param maxMemory bytes of everything that a guest can make grow: memories, tables, references,
///     stacks
/// @param stackSize bytes of the guest's own stack
/// @param maxCallDepth guest calls that may be nested
public record ResourceLimits(long maxMemory, long stackSize, int maxCallDepth) {
    /// No limit on memory but the module's own; a stack that test suites of Go and Swift fit in.
    public static final ResourceLimits DEFAULT = of(StoreLimits.DEFAULT);

    public ResourceLimits {
        if (maxMemory < 0 || stackSize < 0 || maxCallDepth < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
    }

    public ResourceLimits withMaxMemory(long bytes) {
        return new ResourceLimits(bytes, stackSize, maxCallDepth);
    }

    public ResourceLimits withStackSize(long bytes) {
        return new ResourceLimits(maxMemory, bytes, maxCallDepth);
    }

    public ResourceLimits withMaxCallDepth(int depth) {
        return new ResourceLimits(maxMemory, stackSize, depth);
    }

    private static ResourceLimits of(StoreLimits limits) {
        return new ResourceLimits(
                limits.maxMemoryBytes(), limits.stackBytes(), limits.maxCallDepth());
    }

    StoreLimits lower() {
        return new StoreLimits(maxMemory, stackSize, maxCallDepth);
    }
}
