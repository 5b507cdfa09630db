package dev.windlass.wasi.host;

import java.util.function.LongSupplier;

/// The clocks of a process, in nanoseconds.
///
/// @param realtime since 1970
/// @param monotonic since some moment, never backwards
public record Clocks(LongSupplier realtime, LongSupplier monotonic) {}
