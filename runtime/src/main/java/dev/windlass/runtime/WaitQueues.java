package dev.windlass.runtime;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The threads that wait at addresses of one shared memory, first come, first woken.
///
/// @see <a href="https://webassembly.github.io/threads/core/exec/runtime.html">Threads: wait
///     queues</a>
final class WaitQueues {
    /// What `memory.atomic.wait` answers.
    static final int WOKEN = 0;

    static final int NOT_EQUAL = 1;
    static final int TIMED_OUT = 2;

    /// Guarded by itself, as is every queue in it.
    private final Map<Long, ArrayDeque<Waiter>> queues = new HashMap<>();

    /// Waits until woken, for so long, or until the store or the thread is interrupted.
    ///
    /// @param isExpected reads the memory; a store before a notify is seen, or the notify finds us
    /// @param nanos negative: without end
    /// @throws Trap if interrupted
    int await(RuntimeStore store, long address, BooleanSupplier isExpected, long nanos) {
        Waiter waiter = new Waiter(Thread.currentThread());
        synchronized (queues) {
            if (!isExpected.getAsBoolean()) {
                return NOT_EQUAL;
            }
            queues.computeIfAbsent(address, a -> new ArrayDeque<>()).add(waiter);
        }
        try (RuntimeStore.Registration _ = store.onInterrupt(waiter::unpark)) {
            waiter.park(store, nanos);
        } finally {
            leave(address, waiter);
        }
        if (store.isInterrupted() || Thread.currentThread().isInterrupted()) {
            throw new Trap(TrapKind.INTERRUPTED);
        }
        return waiter.isWoken ? WOKEN : TIMED_OUT;
    }

    private void leave(long address, Waiter waiter) {
        synchronized (queues) {
            ArrayDeque<Waiter> queue = queues.get(address);
            if (queue != null && queue.remove(waiter) && queue.isEmpty()) {
                queues.remove(address);
            }
        }
    }

    /// Wakes the first of those who wait.
    ///
    /// @param count how many at most, unsigned
    /// @return how many
    int wake(long address, int count) {
        int woken = 0;
        synchronized (queues) {
            ArrayDeque<Waiter> queue = queues.get(address);
            while (queue != null && woken != count && !queue.isEmpty()) {
                queue.remove().wake();
                woken++;
            }
            if (queue != null && queue.isEmpty()) {
                queues.remove(address);
            }
        }
        return woken;
    }

    private static final class Waiter {
        private final Thread thread;
        private volatile boolean isWoken;

        Waiter(Thread thread) {
            this.thread = thread;
        }

        void wake() {
            isWoken = true;
            unpark();
        }

        void unpark() {
            LockSupport.unpark(thread);
        }

        void park(RuntimeStore store, long nanos) {
            long begin = System.nanoTime();
            while (!isWoken && !store.isInterrupted() && !thread.isInterrupted()) {
                long left = nanos - (System.nanoTime() - begin);
                if (nanos < 0) {
                    LockSupport.park(this);
                } else if (left > 0) {
                    LockSupport.parkNanos(this, left);
                } else {
                    return;
                }
            }
        }
    }
}
