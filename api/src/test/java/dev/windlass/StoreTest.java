package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoreTest {
    private static final String LOOP = "(module (func (export \"loop\") (loop (br 0))))";

    private final Engine engine = Tested.engine();

    private Instance instance(Store store, String text) {
        return new Linker().instantiate(store, WasmModule.parse(engine, text));
    }

    @Test
    void saysThatAnotherThreadUsesIt() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Store store = new Store(engine)) {
            Func wait =
                    store.newFunc(
                            Signature.NONE,
                            () -> {
                                inside.countDown();
                                await(go);
                            });
            Memory memory = store.newMemory(MemoryType.of(1));
            Thread user = Thread.ofPlatform().name("the-user").start(wait::call);
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(wait::call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by thread 'the-user'")
                    .hasMessageContaining("one thread at a time");
            assertThatThrownBy(() -> memory.getInt(0)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(store::close).isInstanceOf(IllegalStateException.class);
            go.countDown();
            user.join();
            memory.getInt(0);
        }
    }

    @Test
    void knowsTheMostMemoryThatWasInUse() {
        Store store = new Store(engine);
        long empty = store.peakMemory();
        Memory memory = store.newMemory(MemoryType.of(1));
        assertThat(store.peakMemory()).isEqualTo(empty + 65_536);
        memory.grow(9);
        store.close();
        assertThat(store.peakMemory()).isEqualTo(empty + 10 * 65_536);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void goesFromThreadToThreadWhenFree() throws Exception {
        try (Store store = new Store(engine);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Global counter = store.newGlobal(new GlobalType(ValueType.I32, true), 0);
            for (int i = 0; i < 20; i++) {
                Future<?> step = threads.submit(() -> counter.set(next(counter.get())));
                step.get();
            }
            assertThat(counter.get()).isEqualTo(20);
        }
    }

    private static int next(@Nullable Object number) {
        return number instanceof Integer i ? i + 1 : -1;
    }

    @Test
    void cannotBeClosedFromWithin() {
        try (Store store = new Store(engine)) {
            Func close = store.newFunc(Signature.NONE, store::close);
            assertThatThrownBy(close::call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be closed");
        }
    }

    @Test
    void cannotBeUsedWhenClosed() {
        Store store = new Store(engine);
        Instance instance = instance(store, LOOP);
        Func loop = instance.func("loop");
        Global global = store.newGlobal(new GlobalType(ValueType.I64, true), 1L);
        store.close();
        store.close();
        store.interrupt();
        assertThatThrownBy(loop::call).hasMessage("the store is closed");
        assertThatThrownBy(global::get).hasMessage("the store is closed");
        assertThatThrownBy(() -> instance.func("loop")).hasMessage("the store is closed");
        assertThatThrownBy(() -> store.newMemory(MemoryType.of(1)))
                .hasMessage("the store is closed");
        assertThatThrownBy(() -> instance(store, LOOP)).hasMessage("the store is closed");
    }

    @Test
    void interruptsALoop() throws Exception {
        try (Store store = new Store(engine)) {
            Func loop = instance(store, LOOP).func("loop");
            Thread other = interruptAfter(store, 100);
            long start = System.nanoTime();
            Trap trap = catchThrowableOfType(Trap.class, loop::call);
            assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
            assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
            other.join();
            assertThatThrownBy(loop::call).isInstanceOf(Trap.class);
            store.clearInterrupt();
            assertThat(
                            instance(
                                            store,
                                            "(module (func (export \"one\") (result i32) i32.const 1))")
                                    .func("one")
                                    .call())
                    .containsExactly(1);
        }
    }

    /// Those that were there, those made since, and those that are called by others.
    @Test
    void interruptsAllInstances() {
        String caller =
                "(module (import \"other\" \"loop\" (func $loop)) (import \"\" \"interrupt\" (func $i))"
                        + " (func (export \"call\") (call $i) (call $loop)))";
        try (Store store = new Store(engine)) {
            Instance before = instance(store, LOOP);
            Func calls =
                    new Linker()
                            .instance("other", before)
                            .define(
                                    "",
                                    "interrupt",
                                    store.newFunc(Signature.NONE, store::interrupt))
                            .instantiate(store, WasmModule.parse(engine, caller))
                            .func("call");
            assertInterrupted(calls);
            assertInterrupted(before.func("loop"));
            assertInterrupted(instance(store, LOOP).func("loop"));
        }
    }

    private static void assertInterrupted(Func endless) {
        Trap trap = catchThrowableOfType(Trap.class, endless::call);
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED);
    }

    private static Thread interruptAfter(Store store, long millis) {
        return Thread.startVirtualThread(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            store.interrupt();
        });
    }

    @Test
    void stopsWhenFuelIsUsedUp() {
        try (Store store = new Store(engine)) {
            Func loop = instance(store, LOOP).func("loop");
            assertThatThrownBy(store::fuel).isInstanceOf(IllegalStateException.class);
            store.setFuel(10_000);
            Trap trap = catchThrowableOfType(Trap.class, loop::call);
            assertThat(trap.kind()).isEqualTo(Trap.Kind.OUT_OF_FUEL);
            assertThat(store.fuel()).isLessThanOrEqualTo(0);
        }
    }

    @Test
    void limitsRecursion() {
        try (Store store = new Store(engine)) {
            Func deep = instance(store, "(module (func $f (export \"f\") call $f))").func("f");
            Trap trap = catchThrowableOfType(Trap.class, deep::call);
            assertThat(trap.kind()).isEqualTo(Trap.Kind.CALL_STACK_EXHAUSTED);
            assertThat(trap.frames()).isNotEmpty();
        }
    }

    @Test
    void limitsRecursionThroughTheHost() {
        try (Store store = new Store(engine)) {
            Func[] guest = new Func[1];
            Instance instance =
                    new Linker()
                            .func("h", "again", Signature.NONE, () -> guest[0].call())
                            .instantiate(
                                    store,
                                    WasmModule.parse(
                                            engine,
                                            """
                                            (module (import "h" "again" (func $again))
                                              (func (export "f") call $again))
                                            """));
            guest[0] = instance.func("f");
            Trap trap = catchThrowableOfType(Trap.class, () -> guest[0].call());
            assertThat(trap.kind()).isEqualTo(Trap.Kind.CALL_STACK_EXHAUSTED);
            assertThat(
                            instance(
                                            store,
                                            "(module (func (export \"g\") (result i32) i32.const 2))")
                                    .func("g")
                                    .call())
                    .containsExactly(2);
        }
    }

    @Test
    void limitsMemory() {
        Engine small = engine.withLimits(ResourceLimits.DEFAULT.withMaxMemory(4L << 20));
        try (Store store = new Store(small)) {
            Instance instance =
                    new Linker()
                            .instantiate(
                                    store,
                                    WasmModule.parse(
                                            small,
                                            """
                                            (module (memory 1)
                                              (func (export "grow") (param i32) (result i32)
                                                (memory.grow (local.get 0))))
                                            """));
            IntUnaryOperator grow = instance.func("grow").as(Signature.I32_TO_I32);
            assertThat(grow.applyAsInt(1)).isEqualTo(1);
            assertThat(grow.applyAsInt(1000)).isEqualTo(-1);
        }
    }

    @Test
    void sharesEngineAndModuleBetweenThreads() throws Exception {
        WasmModule module =
                WasmModule.parse(
                        engine,
                        """
                        (module (global $g (mut i32) (i32.const 0))
                          (func (export "count") (param $n i32) (result i32)
                            (loop $more
                              (global.set $g (i32.add (global.get $g) (i32.const 1)))
                              (br_if $more
                                (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                            (global.get $g)))
                        """);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> result :
                    java.util.stream.IntStream.rangeClosed(1, 16)
                            .mapToObj(i -> threads.submit(() -> count(module, 1000 * i)))
                            .toList()) {
                assertThat(result.get() % 1000).isZero();
            }
        }
    }

    private int count(WasmModule module, int n) {
        try (Store store = new Store(engine)) {
            return new Linker()
                    .instantiate(store, module)
                    .func("count")
                    .as(Signature.I32_TO_I32)
                    .applyAsInt(n);
        }
    }

    @Test
    void sharesASharedMemoryBetweenStores() {
        WasmModule module =
                WasmModule.parse(
                        engine,
                        """
                        (module (import "m" "m" (memory 1 2 shared))
                          (func (export "add") (param i32) (result i32)
                            (i32.atomic.rmw.add (i32.const 0) (local.get 0))))
                        """);
        Store first = new Store(engine);
        Memory memory = first.newMemory(MemoryType.of(1, 2).withShared());
        Linker linker = new Linker().define("m", "m", memory);
        try (Store second = new Store(engine)) {
            Instance there = linker.instantiate(second, module);
            linker.instantiate(first, module).func("add").call(5);
            assertThat(there.func("add").call(1)).containsExactly(5);
            assertThat(memory.getInt(0)).isEqualTo(6);
            first.close();
            assertThat(there.func("add").call(1)).containsExactly(6);
        }
    }
}
