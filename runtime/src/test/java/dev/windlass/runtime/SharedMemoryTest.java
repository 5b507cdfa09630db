package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedMemoryTest {
    private static final String IMPORT = "(module (import \"\" \"m\" (memory 1 1000 shared)))";

    private final FakeEngine engine = new FakeEngine();

    private static MemoryType shared(long min, long max) {
        return new MemoryType(Limits.of(min, max), false, true, 16);
    }

    @Test
    void growsWithoutMovingFromManyThreads() throws Exception {
        try (RuntimeStore store = engine.store();
                ExecutorService threads = Executors.newFixedThreadPool(4)) {
            MemoryInstance memory = store.newMemory(shared(1, 801));
            long base = memory.base();
            var seen = ConcurrentHashMap.<Long>newKeySet();
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                done.add(threads.submit(() -> growAndTouch(memory, start, seen)));
            }
            start.countDown();
            for (Future<?> f : done) {
                f.get();
            }
            assertThat(memory.base()).isEqualTo(base);
            assertThat(memory.pages()).isEqualTo(801);
            assertThat(seen).as("each old size is given once").hasSize(800);
            assertThat(memory.grow(1)).isEqualTo(-1);
        }
    }

    private static Object growAndTouch(
            MemoryInstance memory, CountDownLatch start, java.util.Set<Long> seen)
            throws InterruptedException {
        start.await();
        for (int i = 0; i < 200; i++) {
            long old = memory.grow(1);
            assertThat(seen.add(old)).isTrue();
            Raw.putLong(memory.base() + (old << 16), old);
            Raw.putLong(memory.base() + memory.byteLength() - 8, 1);
        }
        return seen;
    }

    @Test
    void livesUntilItsLastStoreIsClosed() {
        RuntimeStore first = engine.store();
        RuntimeStore second = engine.store();
        MemoryInstance memory = first.newMemory(shared(1, 1000));
        engine.instantiate(second, IMPORT, memory);
        engine.instantiate(second, IMPORT, memory);
        first.close();
        Raw.putLong(memory.base(), 5);
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(Raw.getLong(memory.base())).isEqualTo(5);
        second.close();
        assertThat(memory.byteLength()).isZero();
        assertThat(memory.grow(1)).isEqualTo(-1);
        try (RuntimeStore third = engine.store()) {
            assertThatThrownBy(() ->
                            engine.instantiate(
                                    third,
                                    "(module (import \"\" \"m\" (memory 0 1000 shared)))",
                                    memory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void reservesNoMoreThanTheBudget() {
        try (RuntimeStore store = engine.store(1 << 20)) {
            MemoryInstance memory = store.newMemory(shared(1, 65536));
            assertThat(memory.grow(16)).isEqualTo(-1);
            assertThat(memory.grow(15)).isEqualTo(1);
            assertThat(memory.grow(1)).isEqualTo(-1);
        }
    }

    @Test
    void reservesTheWholeAddressSpaceIfAsked() {
        try (RuntimeStore store = engine.store()) {
            MemoryInstance memory = store.newMemory(shared(1, 65536));
            assertThat(memory.grow(65535)).isEqualTo(1);
            Raw.putByte(memory.base() + 0xFFFF_FFFFL, (byte) 9);
            assertThat(Raw.getLong(memory.base() + 0xFFFF_FFF8L)).isEqualTo(9L << 56);
        }
    }
}
