package dev.windlass.llvm.entry;

import dev.windlass.runtime.RuntimeStore;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a store has for compiled code. Used by one thread at a time, as its store is.
final class NativeState {
    /// What a call of Java threw, on its way through compiled frames.
    @Nullable Throwable pending;

    /// The numbers of the store's instances, to be given back.
    private final List<Integer> instances = new ArrayList<>();

    /// Whether the store's native code counts fuel; null while there is none.
    private @Nullable Boolean countsFuel;

    private final RuntimeStore store;

    /// The thread whose stack's limit the store has; null while it must be asked for.
    private @Nullable Thread limited;

    private NativeState(RuntimeStore store) {
        this.store = store;
    }

    static NativeState of(RuntimeStore store) {
        if (store.nativeState() instanceof NativeState state) {
            return state;
        }
        NativeState state = new NativeState(store);
        store.nativeState(state);
        return state;
    }

    void add(int instance) {
        instances.add(instance);
    }

    boolean agreeOnFuel(boolean another) {
        if (countsFuel == null) {
            countsFuel = another;
        }
        return countsFuel == another;
    }

    /// Sets the limit of the machine's stack for compiled code that this thread is about to enter.
    /// That costs a barrier, so not where it is set. A virtual thread may have moved since.
    @SuppressWarnings("ReferenceEquality") // threads are meant by identity
    void limitStack() {
        Thread me = Thread.currentThread();
        if (limited != me) {
            limited = me.isVirtual() ? null : me;
            store.stackLimit(ThreadStack.limit());
        }
    }

    void close() {
        instances.forEach(NativeInstances::remove);
        instances.clear();
    }

    /// What is pending, no longer so.
    Throwable take() {
        Throwable thrown = pending;
        pending = null;
        if (thrown == null) {
            throw new AssertionError("nothing is pending");
        }
        return thrown;
    }
}
