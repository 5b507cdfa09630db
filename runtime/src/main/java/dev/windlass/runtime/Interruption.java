package dev.windlass.runtime;

import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.StoreState;
import java.util.ArrayList;
import java.util.List;

/// The interrupt words of a store and of its instances, and what wakes host functions that block.
/// Thread-safe; harmless when the store is closed meanwhile.
final class Interruption {
    private final long state;

    /// Of the store's instances; guarded by [#wakers], as all but reading [#isSet] is.
    private final List<Long> contexts = new ArrayList<>();

    private final List<Waking> wakers = new ArrayList<>();
    private volatile boolean isSet;
    private boolean isClosed;

    /// @param state address of the store's state
    Interruption(long state) {
        this.state = state;
    }

    boolean isSet() {
        return isSet;
    }

    /// Keeps the word of an instance, too, from now on.
    ///
    /// @param context lives as long as the store
    void addContext(long context) {
        synchronized (wakers) {
            contexts.add(context);
            Raw.putInt(context + ContextLayout.INTERRUPT, isSet ? 1 : 0);
        }
    }

    void set() {
        List<Waking> waking;
        synchronized (wakers) {
            put(true);
            waking = List.copyOf(wakers);
        }
        for (Waking w : waking) {
            w.wake.run();
        }
    }

    void clear() {
        synchronized (wakers) {
            put(false);
        }
    }

    private void put(boolean value) {
        isSet = value;
        if (!isClosed) {
            int word = value ? 1 : 0;
            Raw.putIntVolatile(state + StoreState.INTERRUPT, word);
            for (long context : contexts) {
                Raw.putIntVolatile(context + ContextLayout.INTERRUPT, word);
            }
            if (value) {
                Raw.putLongVolatile(state + StoreState.STACK_LIMIT, -1);
            }
        }
    }

    /// Registers a waker; runs it at once if the word is already set.
    RuntimeStore.Registration register(Runnable wake) {
        Waking waking = new Waking(wake);
        boolean late;
        synchronized (wakers) {
            wakers.add(waking);
            late = isSet;
        }
        if (late) {
            wake.run();
        }
        return waking;
    }

    /// The state is about to be freed.
    void close() {
        synchronized (wakers) {
            isClosed = true;
        }
    }

    private final class Waking implements RuntimeStore.Registration {
        private final Runnable wake;

        Waking(Runnable wake) {
            this.wake = wake;
        }

        @Override
        public void close() {
            synchronized (wakers) {
                wakers.remove(this);
            }
        }
    }
}
