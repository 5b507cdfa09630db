package dev.windlass.wasi;

import dev.windlass.runtime.RuntimeStore;
import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.host.GuestProcess;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The threads of a process. The first end of any of them (an exit, a trap) is the end of all.
final class GuestThreads implements GuestProcess.Threads {
    /// The identifiers of wasi-threads.
    private static final int LAST_ID = (1 << 29) - 1;

    private static final int MAX_THREADS = 1024;

    /// How long threads that do not listen to an interruption are waited for.
    private static final long JOIN_NANOS = 2_000_000_000L;

    /// How a process ended.
    sealed interface Outcome {}

    record Exited(int code) implements Outcome {}

    record Failed(Throwable cause) implements Outcome {}

    private final IdentityHashMap<RuntimeStore, Thread> stores = new IdentityHashMap<>();
    private final Map<Integer, Thread> threads = new HashMap<>();
    private int lastId;
    private @Nullable Outcome outcome;

    @Override
    public ProcExit exit(int code) {
        end(new Exited(code));
        return new ProcExit(code);
    }

    /// Ends the process if it has not ended yet: all other threads are interrupted.
    void end(Outcome how) {
        Set<RuntimeStore> others = new HashSet<>();
        synchronized (this) {
            if (outcome == null) {
                outcome = how;
            }
            stores.forEach((store, thread) -> {
                if (!thread.equals(Thread.currentThread())) {
                    others.add(store);
                }
            });
            // Under the lock: a store is not closed before it is detached.
            others.forEach(RuntimeStore::interrupt);
        }
    }

    /// How it ended, or null while it runs.
    synchronized @Nullable Outcome outcome() {
        return outcome;
    }

    /// Adds the store that this thread runs a guest in.
    synchronized void attach(RuntimeStore store) {
        stores.put(store, Thread.currentThread());
        if (outcome != null) {
            store.interrupt();
        }
    }

    synchronized void detach(RuntimeStore store) {
        stores.remove(store);
    }

    /// Runs the main thread: see [WasiProcess#run].
    int run(RuntimeStore store, Runnable main) {
        attach(store);
        try {
            main.run();
            end(new Exited(0));
        } catch (ProcExit e) {
            end(new Exited(e.code()));
        } catch (RuntimeException | Error e) {
            end(new Failed(e)); // not the first end if another thread's interrupted this one
        } finally {
            detach(store);
        }
        join();
        return exitCode();
    }

    private int exitCode() {
        Outcome how = outcome();
        return how instanceof Exited(int code) ? code : failed(how);
    }

    /// Apart from exits, because a switch over classes is slow at start-up.
    private static int failed(@Nullable Outcome how) {
        return switch (how) {
            case Exited(int code) -> code;
            case Failed(RuntimeException e) -> throw e;
            case Failed(Error e) -> throw e;
            case Failed(Throwable e) -> throw new IllegalStateException(e);
            case null -> throw new IllegalStateException("the process has not ended");
        };
    }

    /// Starts a thread.
    ///
    /// @return its identifier, or an error number negated
    int spawn(ThreadSpawner spawner, int startArg) {
        synchronized (this) {
            if (outcome != null || threads.size() >= MAX_THREADS) {
                return -Errno.AGAIN.code();
            }
            int id = nextId();
            Thread thread =
                    Thread.ofPlatform()
                            .daemon()
                            .name("windlass-thread-" + id)
                            .unstarted(() -> run(spawner, id, startArg));
            return start(id, thread);
        }
    }

    private int nextId() {
        do {
            lastId = lastId == LAST_ID ? 1 : lastId + 1;
        } while (threads.containsKey(lastId));
        return lastId;
    }

    private int start(int id, Thread thread) {
        threads.put(id, thread);
        try {
            thread.start();
            return id;
        } catch (OutOfMemoryError e) { // the system has no more threads
            threads.remove(id);
            return -Errno.AGAIN.code();
        }
    }

    private void run(ThreadSpawner spawner, int id, int startArg) {
        try {
            spawner.run(id, startArg);
        } catch (ProcExit e) {
            end(new Exited(e.code()));
        } catch (RuntimeException | Error e) {
            end(new Failed(e));
        } finally {
            synchronized (this) {
                threads.remove(id);
                notifyAll();
            }
        }
    }

    /// Waits until all threads have ended, but not for ever.
    void join() {
        long deadline = System.nanoTime() + JOIN_NANOS;
        boolean interrupted = false;
        synchronized (this) {
            while (!threads.isEmpty()) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    break;
                }
                try {
                    wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
