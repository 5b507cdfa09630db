package dev.windlass.wasi.host;

import dev.windlass.wasi.abi.Errno;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Reads a stream so that whoever waits for it can be interrupted, which a blocked
/// [InputStream#read] cannot. What is there is read at once; only when the stream would block does a
/// thread of its own, started then, wait in its place. It reads no more than was asked for.
public final class InputPump {
    /// How much is read ahead for a poll, which has no buffer of its own.
    private static final int POLLED = 1 << 12;

    private final InputStream in;
    private final boolean neverBlocks;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();

    private boolean started;

    /// How much the thread is to read; while it is not 0 the stream belongs to the thread.
    private int wanted;

    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private boolean atEnd;
    private boolean failed;

    /// @param neverBlocks whether the stream is a file or an array, so that no thread is needed
    public InputPump(InputStream in, boolean neverBlocks) {
        this.in = in;
        this.neverBlocks = neverBlocks;
    }

    /// Reads what there is.
    ///
    /// @param to not empty
    /// @param block whether to wait for at least a byte
    /// @return bytes; 0 at the end; -1 if nothing is there yet
    int read(byte[] to, boolean block, Interrupts interrupts) {
        int n = tryRead(to);
        if (n >= 0 || !block) {
            return n;
        }
        // Not under the lock: whoever interrupts holds the store's while it takes this one.
        try (Interrupts.Wake _ = interrupts.onInterrupt(this::wakeAll)) {
            return await(to, interrupts);
        }
    }

    private int tryRead(byte[] to) {
        lock.lock();
        try {
            return take(to);
        } finally {
            lock.unlock();
        }
    }

    private int await(byte[] to, Interrupts interrupts) {
        lock.lock();
        try {
            int n = take(to);
            while (n < 0) {
                interrupts.check();
                changed.await();
                n = take(to);
            }
            return n;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupts.check();
            throw Errno.INTR.failure();
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Takes what was read ahead, or what can be read without blocking, or gets the thread to read.
    private int take(byte[] to) {
        if (start < end) {
            int n = Math.min(to.length, end - start);
            System.arraycopy(buffer, start, to, 0, n);
            start += n;
            return n;
        }
        if (failed) {
            failed = false;
            throw Errno.IO.failure();
        }
        if (atEnd) {
            atEnd = false; // a terminal may have more after its end
            return 0;
        }
        return wanted > 0 ? -1 : readNow(to);
    }

    private int readNow(byte[] to) {
        try {
            if (neverBlocks || in.available() > 0) {
                return Math.max(0, in.read(to, 0, to.length));
            }
        } catch (IOException e) {
            throw Errno.IO.failure();
        }
        ask(to.length);
        return -1;
    }

    private void ask(int bytes) {
        wanted = bytes;
        changed.signalAll();
        if (!started) {
            started = true;
            Thread.ofPlatform().daemon().name("windlass-stdin").start(this::serve);
        }
    }

    private void serve() {
        lock.lock();
        try {
            while (true) {
                while (wanted == 0) {
                    changed.awaitUninterruptibly();
                }
                byte[] bytes = new byte[wanted];
                lock.unlock();
                int n;
                try {
                    n = readBlocking(bytes);
                } finally {
                    lock.lock();
                }
                deliver(bytes, n);
            }
        } finally {
            lock.unlock();
        }
    }

    /// @return bytes, -1 at the end, -2 for an error
    private int readBlocking(byte[] bytes) {
        try {
            return in.read(bytes, 0, bytes.length);
        } catch (IOException e) {
            return -2; // delivered to the guest as an error number
        }
    }

    private void deliver(byte[] bytes, int n) {
        buffer = bytes;
        start = 0;
        end = Math.max(0, n);
        atEnd = n == -1;
        failed = n == -2;
        wanted = 0;
        changed.signalAll();
        listeners.forEach(Runnable::run);
    }

    /// Whether a read would block; if so, the thread begins to read.
    Readiness poll() {
        lock.lock();
        try {
            if (start < end) {
                return new Readiness(true, end - start, false);
            }
            if (atEnd || failed) {
                return Readiness.HUNG_UP;
            }
            return wanted > 0 ? Readiness.NOT_YET : pollNow();
        } finally {
            lock.unlock();
        }
    }

    private Readiness pollNow() {
        try {
            int available = in.available();
            if (neverBlocks || available > 0) {
                return new Readiness(true, available, false);
            }
        } catch (IOException e) {
            return Readiness.HUNG_UP;
        }
        ask(POLLED);
        return Readiness.NOT_YET;
    }

    /// Runs something whenever input arrives, until the result is closed. It must not block.
    Interrupts.Wake listen(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
