package dev.windlass.wasi.host;

import java.util.concurrent.locks.LockSupport;

/// Waiting that ends when the guest is to stop.
final class Waiting {
    private Waiting() {}

    /// Does nothing for a while, not shorter.
    static void pause(long nanos, Interrupts interrupts) {
        long end = System.nanoTime() + nanos;
        Thread self = Thread.currentThread();
        try (Interrupts.Wake _ = interrupts.onInterrupt(() -> LockSupport.unpark(self))) {
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                interrupts.check();
                LockSupport.parkNanos(Waiting.class, left);
            }
        }
        interrupts.check();
    }
}
