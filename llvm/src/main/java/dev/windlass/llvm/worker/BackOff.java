package dev.windlass.llvm.worker;

import java.util.function.LongSupplier;

/// After some losses in a row no more is risked for a while, which doubles with each further loss.
final class BackOff {
    private static final int TOLERATED = 3;
    private static final long FIRST_PAUSE_NANOS = 1_000_000_000;
    private static final int MOST_DOUBLINGS = 6;

    private final LongSupplier nanos;
    private int losses;
    private long resumeAt;

    BackOff(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void worked() {
        losses = 0;
    }

    synchronized void lost() {
        losses++;
        if (losses >= TOLERATED) {
            int doublings = Math.min(losses - TOLERATED, MOST_DOUBLINGS);
            resumeAt = nanos.getAsLong() + (FIRST_PAUSE_NANOS << doublings);
        }
    }

    synchronized boolean isPausing() {
        return losses >= TOLERATED && nanos.getAsLong() - resumeAt < 0;
    }
}
