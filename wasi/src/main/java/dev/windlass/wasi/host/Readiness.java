package dev.windlass.wasi.host;

/// Whether a descriptor can be read from or written to now.
///
/// @param ready whether a call would not block
/// @param bytes how many bytes are known to be there, if that is known
/// @param hangup whether the other side is gone
public record Readiness(boolean ready, long bytes, boolean hangup) {
    public static final Readiness READY = new Readiness(true, 0, false);
    public static final Readiness NOT_YET = new Readiness(false, 0, false);
    public static final Readiness HUNG_UP = new Readiness(true, 0, true);
}
