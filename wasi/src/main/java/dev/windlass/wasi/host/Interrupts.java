package dev.windlass.wasi.host;

import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;

/// How a call that blocks learns that its guest is to stop.
public interface Interrupts {
    /// Of a store; an interrupted thread counts as well.
    static Interrupts of(RuntimeStore store) {
        return new Interrupts() {
            @Override
            public boolean isInterrupted() {
                return store.isInterrupted() || Thread.currentThread().isInterrupted();
            }

            @Override
            public Wake onInterrupt(Runnable wake) {
                RuntimeStore.Registration registration = store.onInterrupt(wake);
                return registration::close;
            }
        };
    }

    boolean isInterrupted();

    /// Runs `wake` on another thread when the guest is interrupted, until the result is closed.
    Wake onInterrupt(Runnable wake);

    /// @throws Trap if the guest is to stop
    default void check() {
        if (isInterrupted()) {
            throw new Trap(TrapKind.INTERRUPTED);
        }
    }

    /// A registration.
    interface Wake extends AutoCloseable {
        @Override
        void close();
    }
}
