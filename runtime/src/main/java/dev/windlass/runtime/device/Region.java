package dev.windlass.runtime.device;

/// A piece of memory that never moves: zero-filled, aligned to sixteen bytes, followed by at least
/// [#PADDING] bytes that may be touched, so that an atomic access may work on the whole word around
/// a byte. One owner, who frees it.
public sealed interface Region permits ArenaRegion, GuardedRegion, MappedRegion {
    /// Bytes after the capacity that can be read and written.
    int PADDING = 16;

    long base();

    /// Bytes that [#extend(long)] can make usable in place.
    long capacity();

    /// Makes at least so many bytes usable.
    ///
    /// @return false if the capacity or the system does not allow it
    boolean extend(long bytes);

    /// Frees it; nothing may use it any more.
    void free();
}
