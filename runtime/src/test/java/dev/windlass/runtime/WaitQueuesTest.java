package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitQueuesTest {
    private static final long FOREVER = -1;

    private final FakeEngine engine = new FakeEngine();
    private final RuntimeStore store = engine.store();
    private final MemoryInstance memory =
            store.newMemory(new MemoryType(Limits.of(1, 1), false, true, 16));

    @AfterEach
    void close() {
        store.close();
    }

    private static void sleepUntilWaiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
    }

    private record Waiting(Thread thread, FutureTask<Integer> result) {}

    private Waiting start(RuntimeStore user, long address, long nanos) throws InterruptedException {
        FutureTask<Integer> task = new FutureTask<>(() -> memory.await(user, address, 4, 0, nanos));
        Thread thread = Thread.ofPlatform().daemon().start(task);
        sleepUntilWaiting(thread);
        return new Waiting(thread, task);
    }

    @Test
    void wakesInTheOrderOfArrival() throws Exception {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Waiting> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(start(store, 8, FOREVER));
        }
        Waiting elsewhere = start(store, 12, FOREVER);
        for (int i = 0; i < 2; i++) {
            assertThat(memory.wake(8, 1)).isEqualTo(1);
            assertThat(waiting.get(i).result.get()).isZero();
            order.add(i);
        }
        assertThat(waiting.get(2).result.isDone()).isFalse();
        assertThat(memory.wake(8, -1)).isEqualTo(2);
        assertThat(waiting.get(3).result.get()).isZero();
        assertThat(memory.wake(8, -1)).isZero();
        assertThat(elsewhere.result.isDone()).isFalse();
        assertThat(memory.wake(12, 0)).isZero();
        assertThat(memory.wake(12, 5)).isEqualTo(1);
        assertThat(elsewhere.result.get()).isZero();
        assertThat(order).containsExactly(0, 1);
    }

    @Test
    void timesOut() {
        long begin = System.nanoTime();
        assertThat(memory.await(store, 0, 4, 0, TimeUnit.MILLISECONDS.toNanos(30))).isEqualTo(2);
        assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(30_000_000L);
        assertThat(memory.await(store, 0, 4, 1, FOREVER)).isEqualTo(1);
        assertThat(memory.wake(0, 1)).as("nobody is left in the queue").isZero();
    }

    @Test
    void endsWhenTheStoreIsInterrupted() throws Exception {
        Waiting waiting = start(store, 0, FOREVER);
        long begin = System.nanoTime();
        store.interrupt();
        assertInterrupted(waiting);
        assertThat(System.nanoTime() - begin).isLessThan(100_000_000L);
        assertThatThrownBy(() -> memory.await(store, 0, 4, 0, FOREVER))
                .as("begun after the interrupt")
                .hasMessage("interrupted");
    }

    @Test
    void endsWhenItsThreadIsInterrupted() throws Exception {
        Waiting waiting = start(store, 0, FOREVER);
        waiting.thread.interrupt();
        assertInterrupted(waiting);
        assertThat(store.isInterrupted()).isFalse();
    }

    @Test
    void leavesOtherStoresAlone() throws Exception {
        try (RuntimeStore other = engine.store()) {
            other.use(memory);
            Waiting mine = start(store, 0, FOREVER);
            Waiting others = start(other, 0, FOREVER);
            store.interrupt();
            assertInterrupted(mine);
            assertThat(others.result.isDone()).isFalse();
            assertThat(memory.wake(0, 2)).isEqualTo(1);
            assertThat(others.result.get()).isZero();
        }
    }

    private static void assertInterrupted(Waiting waiting) {
        assertThatThrownBy(() -> waiting.result.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(Trap.class)
                .hasMessage("interrupted");
    }

    /// Two threads hand a number back and forth: a lost wake-up would hang.
    @Test
    void losesNoWakeUp() throws Exception {
        try (RuntimeStore other = engine.store()) {
            other.use(memory);
            FutureTask<Integer> partner = new FutureTask<>(() -> play(other, 1));
            Thread.ofPlatform().start(partner);
            play(store, 0);
            partner.get();
        }
        assertThat(Raw.getInt(memory.base())).isEqualTo(20_000);
    }

    private int play(RuntimeStore user, int parity) {
        int turns = 0;
        while (true) {
            int now = Raw.getIntVolatile(memory.base());
            if (now >= 20_000) {
                return turns;
            }
            if ((now & 1) == parity) {
                Raw.putIntVolatile(memory.base(), now + 1);
                memory.wake(0, 1);
                turns++;
            } else {
                memory.await(user, 0, 4, now, FOREVER);
            }
        }
    }
}
