package dev.windlass.wasi.host;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread that waits for one of several things: an interruption, a channel, input, or time. Belongs
/// to the thread that made it; [#wake] may come from any.
final class Waiter implements AutoCloseable {
    /// Below this a thread is woken too late by the system; the rest is spent turning.
    private static final long SPIN_NANOS = 60_000;

    private static final long MILLI = 1_000_000;

    private final Thread thread = Thread.currentThread();
    private final List<Interrupts.Wake> registrations = new ArrayList<>();
    private final Interrupts interrupts;
    private volatile @Nullable Selector selector;
    private volatile boolean woken;
    private long slice = Long.MAX_VALUE;

    Waiter(Interrupts interrupts) {
        this.interrupts = interrupts;
        registrations.add(interrupts.onInterrupt(this::wake));
    }

    /// Ends the wait that is under way, or the next.
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
        Selector current = selector;
        if (current != null) {
            current.wakeup();
        }
    }

    /// Is woken when a channel is ready.
    ///
    /// @param operations of [java.nio.channels.SelectionKey]
    void watch(SelectableChannel channel, int operations) throws IOException {
        Selector current = selector;
        if (current == null) {
            current = Selector.open();
            selector = current;
        }
        SelectionKey key = channel.keyFor(current);
        if (key == null) {
            channel.register(current, operations);
        } else {
            key.interestOpsOr(operations);
        }
    }

    /// Is woken when there is input.
    void watch(InputPump pump) {
        registrations.add(pump.listen(this::wake));
    }

    /// Waits no longer than this at once, for things that have to be asked.
    void atMost(long nanos) {
        slice = Math.min(slice, nanos);
    }

    /// Waits; may end early.
    ///
    /// @throws dev.windlass.runtime.Trap if the guest is to stop
    void await(long nanos) {
        interrupts.check();
        long time = Math.min(nanos, slice);
        Selector current = selector;
        if (!woken && time > 0) {
            if (current != null && time >= MILLI) {
                select(current, time);
            } else if (time > SPIN_NANOS) {
                LockSupport.parkNanos(this, time - SPIN_NANOS / 2);
            } else {
                Thread.onSpinWait();
            }
        }
        woken = false;
        interrupts.check();
    }

    private static void select(Selector selector, long nanos) {
        try {
            selector.select(nanos / MILLI);
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw IoErrors.errno(e).failure();
        }
    }

    @Override
    public void close() {
        registrations.forEach(Interrupts.Wake::close);
        Selector current = selector;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                throw IoErrors.errno(e).failure();
            }
        }
    }
}
