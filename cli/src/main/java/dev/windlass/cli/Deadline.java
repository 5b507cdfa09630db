package dev.windlass.cli;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Ends a run after a time: first politely, through the guest's interruption, so that it leaves a
/// backtrace; if that has no effect soon, by ending the process.
final class Deadline {
    /// Guests stop within a few milliseconds; this is for what holds them up outside of our reach.
    private static final long GRACE_MILLIS = 1000;

    private final Duration limit;
    private final long start = System.nanoTime();
    private volatile boolean expired;

    Deadline(Duration limit) {
        this.limit = limit;
    }

    /// Starts to watch.
    ///
    /// @param stop interrupts the guest; called on another thread
    void watch(Runnable stop) {
        Thread watcher = new Thread(() -> await(stop), "deadline");
        watcher.setDaemon(true);
        watcher.start();
    }

    /// Whether the time was up before the guest ended.
    boolean isExpired() {
        return expired;
    }

    /// What to say then.
    String message() {
        return "the time limit (" + text(limit) + ") is over";
    }

    private void await(Runnable stop) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos() - (System.nanoTime() - start));
            expired = true;
            stop.run();
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            return;
        }
        System.err.println("windlass: " + message() + "; the program did not stop by itself");
        Runtime.getRuntime().halt(ExitCode.TRAP);
    }

    private static String text(Duration time) {
        return time.toNanos() % 1_000_000_000 == 0
                ? time.toSeconds() + " s"
                : time.toNanos() / 1e6 + " ms";
    }
}
