package dev.windlass.wasi.host;

/// Waiting that ends when the guest is to stop.
final class Waiting {
    private Waiting() {}

    /// Does nothing for a while, not shorter.
    static void pause(long nanos, Interrupts interrupts) {
        long end = System.nanoTime() + nanos;
        try (Waiter waiter = new Waiter(interrupts)) {
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                waiter.await(left);
            }
        }
    }
}
