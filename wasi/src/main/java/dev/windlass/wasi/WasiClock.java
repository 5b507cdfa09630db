package dev.windlass.wasi;

import java.time.Instant;

/// The clocks of a guest, in nanoseconds. Called by all its threads.
public interface WasiClock {
    /// The system's clocks.
    WasiClock SYSTEM =
            new WasiClock() {
                // So that the first reading is not 0, which some programs take for "not set".
                private final long origin = System.nanoTime() - 1_000_000;

                @Override
                public long realtime() {
                    Instant now = Instant.now();
                    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
                }

                @Override
                public long monotonic() {
                    return System.nanoTime() - origin;
                }
            };

    /// Since 1970.
    long realtime();

    /// Since some moment, never backwards.
    long monotonic();
}
