package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Checks that something that blocks ends soon after its store is interrupted.
final class Interrupted {
    private static final long DELAY_MILLIS = 80;

    /// What is promised, and as much again for a busy machine.
    private static final long LIMIT_NANOS = 200_000_000;

    private Interrupted() {}

    static void in100Millis(RuntimeStore store, ThrowingCallable call) throws Exception {
        AtomicLong asked = new AtomicLong();
        Thread other =
                Thread.ofPlatform()
                        .start(() -> {
                            sleep();
                            asked.set(System.nanoTime());
                            store.interrupt();
                        });
        assertThatThrownBy(call)
                .isInstanceOf(Trap.class)
                .satisfies(e -> assertThat(((Trap) e).kind()).isEqualTo(TrapKind.INTERRUPTED));
        long end = System.nanoTime();
        other.join();
        assertThat(asked.get()).as("did not block").isLessThanOrEqualTo(end);
        assertThat(end - asked.get()).as("nanoseconds").isLessThan(LIMIT_NANOS);
    }

    private static void sleep() {
        try {
            Thread.sleep(DELAY_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
