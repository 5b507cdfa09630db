package dev.windlass.wasi.host;

/// Times to set on a file, nanoseconds since 1970; [#KEEP] and [#NOW] have their own meaning.
public record FileTimes(long accessed, long modified) {
    /// Leaves the time alone.
    public static final long KEEP = Long.MIN_VALUE;

    /// Sets the time to the host's present.
    public static final long NOW = Long.MIN_VALUE + 1;
}
