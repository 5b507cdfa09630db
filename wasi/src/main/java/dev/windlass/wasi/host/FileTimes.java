package dev.windlass.wasi.host;

import dev.windlass.wasi.posix.Posix;

/// Times to set on a file, nanoseconds since 1970; [#KEEP] and [#NOW] have their own meaning.
public record FileTimes(long accessed, long modified) {
    /// Leaves the time alone.
    public static final long KEEP = Posix.TIME_KEEP;

    /// Sets the time to the host's present.
    public static final long NOW = Posix.TIME_NOW;
}
