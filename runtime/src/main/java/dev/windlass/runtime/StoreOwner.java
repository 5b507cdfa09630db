package dev.windlass.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Whose a store is at the moment: one thread's, nobody's, or closed for ever.
@SuppressWarnings("ReferenceEquality") // threads and the mark are meant by identity
final class StoreOwner {
    /// Uses that may be nested. Each takes some 3 KiB of the machine's stack, of which a thread has
    /// 1 MiB; Java cannot ask how much is left, and an overflow may hit the initialiser of a class.
    static final int MAX_DEPTH = 250;

    private static final Object CLOSED = new Object();

    private static final VarHandle USER = user();

    /// A thread, or null, or [#CLOSED].
    private volatile @Nullable Object user;

    /// Only the owning thread touches it.
    private int depth;

    private static VarHandle user() {
        try {
            return MethodHandles.lookup().findVarHandle(StoreOwner.class, "user", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /// Begins a use, or one inside it.
    void enter() {
        Thread me = Thread.currentThread();
        if (user != me && !USER.compareAndSet(this, null, me) && !takeFromTheDead(me)) {
            throw refusal();
        }
        depth++;
    }

    /// A thread whose stack overflows on its way out of a use may not end that; when the thread has
    /// ended, nobody uses the store.
    private boolean takeFromTheDead(Object by) {
        Object now = user;
        if (!isDead(now) || !USER.compareAndSet(this, now, by)) {
            return false;
        }
        depth = 0;
        return true;
    }

    private static boolean isDead(@Nullable Object user) {
        return user instanceof Thread thread && !thread.isAlive();
    }

    /// Begins a use unless this thread is inside one.
    ///
    /// @return whether it began: then [#exit()] is due
    boolean enterOutermost() {
        if (user == Thread.currentThread()) {
            return false;
        }
        enter();
        return true;
    }

    void exit() {
        if (--depth == 0) {
            USER.setRelease(this, null);
        }
    }

    int depth() {
        return depth;
    }

    void check() {
        Object now = user;
        if (now != null && now != Thread.currentThread() && !isDead(now)) {
            throw refusal();
        }
    }

    private IllegalStateException refusal() {
        Object now = user;
        if (now == CLOSED) {
            return new IllegalStateException("the store is closed");
        }
        String who = now instanceof Thread other ? "thread '" + other.getName() + "'" : "a thread";
        return new IllegalStateException(
                "the store is in use by " + who + ": a store belongs to one thread at a time");
    }

    boolean isOpen() {
        return user != CLOSED;
    }

    /// Closes it for every thread.
    ///
    /// @return false if it was closed before
    /// @throws IllegalStateException if it is in use
    boolean close() {
        if (user == CLOSED) {
            return false;
        }
        if (!USER.compareAndSet(this, null, CLOSED) && !takeFromTheDead(CLOSED)) {
            throw new IllegalStateException("the store cannot be closed while it runs");
        }
        return true;
    }
}
