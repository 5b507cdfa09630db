package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.ValType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RuntimeStoreTest {
    private final FakeEngine engine = new FakeEngine();

    static DefType funcType(FuncType type) {
        return TypeRegistry.canonical(List.of(new SubType(true, List.of(), type)), new int[] {0})[
                0];
    }

    private static final DefType UNARY =
            funcType(FuncType.of(new int[] {ValType.I32}, ValType.I32));

    private static FunctionInstance host(RuntimeStore store, HostFunction function) {
        return store.newHostFunction(UNARY, function);
    }

    @Test
    void callsHostFunctionsFromJava() {
        try (RuntimeStore store = engine.store()) {
            FunctionInstance twice =
                    host(
                            store,
                            (s, caller, slots) ->
                                    Slots.putI32(slots, 0, 2 * Slots.getI32(slots, 0)));
            long slots = store.slotTop();
            Slots.putI32(slots, 0, 21);
            store.invoke(twice, slots);
            assertThat(Slots.getI32(slots, 0)).isEqualTo(42);
            assertThat(store.function(twice.record())).isSameAs(twice);
            assertThat(store.functionByNumber(twice.number())).isSameAs(twice);
        }
    }

    @Test
    void putsNestedCallsAboveTheArguments() {
        try (RuntimeStore store = engine.store()) {
            FunctionInstance inner = host(store, (s, c, slots) -> Slots.putI32(slots, 0, 7));
            FunctionInstance outer =
                    host(
                            store,
                            (s, c, slots) -> {
                                long top = s.slotTop();
                                assertThat(top).isEqualTo(slots + Slots.SIZE);
                                s.invoke(inner, top);
                                assertThat(Slots.getI32(slots, 0)).isEqualTo(1);
                                assertThat(s.slotTop()).isEqualTo(top);
                            });
            long slots = store.slotTop();
            Slots.putI32(slots, 0, 1);
            store.invoke(outer, slots);
            assertThat(store.slotTop()).isEqualTo(slots);
        }
    }

    @Test
    void restoresTheSlotTopWhenHostCodeThrows() {
        try (RuntimeStore store = engine.store()) {
            FunctionInstance failing =
                    host(
                            store,
                            (s, c, slots) -> {
                                throw new IllegalArgumentException("mine");
                            });
            long slots = store.slotTop();
            assertThatThrownBy(() -> store.invoke(failing, slots)).hasMessage("mine");
            assertThat(store.slotTop()).isEqualTo(slots);
        }
    }

    @Test
    void stopsRecursionThroughTheHost() {
        try (RuntimeStore store = engine.store()) {
            FunctionInstance[] self = new FunctionInstance[1];
            self[0] = host(store, (s, c, slots) -> s.invoke(self[0], s.slotTop()));
            assertThatThrownBy(() -> store.invoke(self[0], store.slotTop()))
                    .isInstanceOf(Trap.class)
                    .hasMessage("call stack exhausted");
            assertThatThrownBy(
                            () -> store.invoke(host(store, (s, c, slots) -> {}), store.slotEnd()))
                    .hasMessage("call stack exhausted");
        }
    }

    @Test
    void refusesFunctionsOfAnotherStore() {
        try (RuntimeStore one = engine.store();
                RuntimeStore two = engine.store()) {
            FunctionInstance function = host(one, (s, c, slots) -> {});
            assertThatThrownBy(() -> two.invoke(function, two.slotTop()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the function belongs to another store");
        }
    }

    @Test
    void refusesASecondThreadAndClosingWhileItRuns() throws Exception {
        RuntimeStore store = engine.store();
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        FunctionInstance blocking =
                host(
                        store,
                        (s, c, slots) -> {
                            entered.countDown();
                            await(leave);
                            assertThatThrownBy(s::close).hasMessageContaining("while it runs");
                        });
        long slots = store.slotTop();
        CompletableFuture<Void> running =
                CompletableFuture.runAsync(() -> store.invoke(blocking, slots));
        entered.await();
        assertThatThrownBy(() -> store.invoke(blocking, slots))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("in use by thread");
        assertThatThrownBy(store::slotTop).hasMessageContaining("in use by thread");
        assertThatThrownBy(store::checkThread).hasMessageContaining("in use by thread");
        assertThatThrownBy(store::close).hasMessageContaining("while it runs");
        leave.countDown();
        running.get();
        store.close();
        store.close();
        assertThatThrownBy(() -> store.invoke(blocking, slots)).hasMessage("the store is closed");
        assertThatThrownBy(store::slotTop).hasMessage("the store is closed");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void movesBetweenThreads() throws ExecutionException, InterruptedException {
        RuntimeStore store = engine.store();
        for (int i = 0; i < 5; i++) {
            CompletableFuture.runAsync(
                            () -> store.invoke(host(store, (s, c, x) -> {}), store.slotTop()))
                    .get();
        }
        Thread.ofVirtual().start(store::close).join();
        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void isFreeWhenTheThreadThatUsedItHasEnded() throws InterruptedException {
        RuntimeStore store = engine.store();
        Thread.ofPlatform().start(store::enter).join();
        store.checkThread();
        store.invoke(host(store, (s, c, x) -> {}), store.slotTop());
        Thread.ofVirtual().start(store::enter).join();
        store.close();
        assertThat(store.isOpen()).isFalse();
    }

    @Test
    void setsTheInterruptWordAndWakesThoseWhoBlock() {
        try (RuntimeStore store = engine.store()) {
            AtomicInteger woken = new AtomicInteger();
            try (RuntimeStore.Registration _ = store.onInterrupt(woken::incrementAndGet)) {
                store.interrupt();
            }
            assertThat(woken).hasValue(1);
            assertThat(store.isInterrupted()).isTrue();
            assertThat(Raw.getInt(store.state() + StoreState.INTERRUPT)).isEqualTo(1);
            store.onInterrupt(woken::incrementAndGet).close();
            assertThat(woken).as("interrupted already").hasValue(2);
            store.interrupt();
            assertThat(woken).as("no longer registered").hasValue(2);
            store.clearInterrupt();
            assertThat(store.isInterrupted()).isFalse();
            assertThat(Raw.getInt(store.state() + StoreState.INTERRUPT)).isZero();
        }
    }

    @Test
    void survivesAnInterruptAfterItsEnd() {
        RuntimeStore store = engine.store();
        store.close();
        store.interrupt();
        store.clearInterrupt();
        assertThat(store.isInterrupted()).isFalse();
    }

    @Test
    void countsFuelOffTheHeap() {
        try (RuntimeStore store = engine.store()) {
            assertThat(store.hasFuel()).isFalse();
            store.fuel(1000);
            assertThat(store.hasFuel()).isTrue();
            Raw.putLong(store.state() + StoreState.FUEL, 400);
            assertThat(store.fuel()).isEqualTo(400);
        }
    }

    @Test
    void sizesTheSlotStackByTheLimits() {
        StoreLimits limits = StoreLimits.DEFAULT.withStackBytes(1 << 20);
        try (RuntimeStore store = new RuntimeStore(engine, limits)) {
            assertThat(store.slotEnd() - store.slotTop()).isEqualTo(1 << 20);
        }
        try (RuntimeStore store = engine.store(4 << 20)) {
            assertThat(store.slotEnd() - store.slotTop()).isEqualTo(1 << 20);
            assertThat(store.budget().used()).isEqualTo(1 << 20);
        }
        try (RuntimeStore store = engine.store(100)) {
            assertThatThrownBy(store::slotTop)
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("out of memory");
        }
        try (RuntimeStore store =
                new RuntimeStore(engine, StoreLimits.DEFAULT.withStackBytes(1L << 30))) {
            long last = store.slotEnd() - Slots.SIZE;
            Slots.putI64(last, 0, 3);
            assertThat(Slots.getI64(last, 0)).isEqualTo(3);
        }
    }
}
