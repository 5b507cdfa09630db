package dev.windlass.runtime;

import dev.windlass.wasm.TableType;

/// A table instance: 64-bit references off the heap.
public abstract non-sealed class TableInstance implements Extern {
    /// The type, closed; the minimum is what it was made with.
    public abstract TableType type();

    /// The length in elements now.
    public abstract long length();

    /// @throws Trap if the index is out of bounds
    public abstract long get(long index);

    /// @throws Trap if the index is out of bounds
    public abstract void set(long index, long reference);

    /// @return the old length, or -1 if it cannot grow
    public abstract long grow(long count, long reference);

    /// The address of its [dev.windlass.runtime.boundary.TableRecord].
    public abstract long record();
}
