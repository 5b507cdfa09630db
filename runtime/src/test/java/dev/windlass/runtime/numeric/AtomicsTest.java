package dev.windlass.runtime.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.numeric.Atomics.Update;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicsTest {
    private static final Arena ARENA = Arena.ofShared();
    private static final long WORDS = ARENA.allocate(64, 16).address();
    private static final long BACKGROUND = 0xA5A5_A5A5_A5A5_A5A5L;
    private static final int THREADS = 4;
    private static final int ROUNDS = 20_000;

    @AfterAll
    static void free() {
        ARENA.close();
    }

    private static long mask(int width) {
        return width == 8 ? -1 : (1L << (width * 8)) - 1;
    }

    /// The eight bytes with those of one access replaced.
    private static long expected(int at, int width, long value) {
        return (BACKGROUND & ~(mask(width) << (at * 8))) | ((value & mask(width)) << (at * 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void storesAndLoadsNothingButItsBytes(int width) {
        for (int at = 0; at < 8; at += width) {
            for (long value : Edges.i64()) {
                Raw.putLong(WORDS, BACKGROUND);
                Atomics.store(WORDS + at, value, width);
                assertThat(Raw.getLong(WORDS)).isEqualTo(expected(at, width, value));
                assertThat(Atomics.load(WORDS + at, width)).isEqualTo(value & mask(width));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void updatesAndReturnsTheOldValue(Update update) {
        for (int width : new int[] {1, 2, 4, 8}) {
            for (int at = 0; at < 8; at += width) {
                for (long operand : Edges.i64()) {
                    Raw.putLong(WORDS, BACKGROUND);
                    long old = BACKGROUND & mask(width);
                    assertThat(Atomics.update(update, WORDS + at, operand, width)).isEqualTo(old);
                    assertThat(Raw.getLong(WORDS))
                            .isEqualTo(expected(at, width, result(update, old, operand)));
                }
            }
        }
    }

    private static long result(Update update, long old, long operand) {
        return switch (update) {
            case ADD -> old + operand;
            case SUB -> old - operand;
            case AND -> old & operand;
            case OR -> old | operand;
            case XOR -> old ^ operand;
            case XCHG -> operand;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void exchangesOnlyWhatWasExpected(int width) {
        long old = BACKGROUND & mask(width);
        for (int at = 0; at < 8; at += width) {
            for (long expected : new long[] {old, old + 1, 0, old | (1L << 40), BACKGROUND}) {
                Raw.putLong(WORDS, BACKGROUND);
                assertThat(Atomics.compareAndExchange(WORDS + at, expected, 0x42, width))
                        .isEqualTo(old);
                assertThat(Raw.getLong(WORDS))
                        .isEqualTo(
                                (expected & mask(width)) == old
                                        ? expected(at, width, 0x42)
                                        : BACKGROUND);
            }
        }
    }

    /// Threads work on neighbouring values, of one word where they are narrow: nothing may be lost.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void losesNoUpdateUnderContention(int width) throws InterruptedException {
        Raw.putLong(WORDS, 0);
        Raw.putLong(WORDS + 8, 0);
        inParallel(thread -> {
            for (int i = 0; i < ROUNDS; i++) {
                Atomics.update(Update.ADD, WORDS, 1, width);
                Atomics.update(Update.SUB, WORDS + width, 3, width);
            }
        });
        long total = (long) THREADS * ROUNDS;
        assertThat(Atomics.load(WORDS, width)).isEqualTo(total & mask(width));
        assertThat(Atomics.load(WORDS + width, width)).isEqualTo(-3 * total & mask(width));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void makesALockByCompareAndExchange(int width) throws InterruptedException {
        Raw.putLong(WORDS, 0);
        Raw.putLong(WORDS + 16, 0);
        inParallel(thread -> {
            for (int i = 0; i < ROUNDS / 10; i++) {
                while (Atomics.compareAndExchange(WORDS, 0, 1, width) != 0) {
                    Thread.onSpinWait();
                }
                Raw.putLong(WORDS + 16, Raw.getLong(WORDS + 16) + 1);
                Atomics.store(WORDS, 0, width);
            }
        });
        assertThat(Raw.getLong(WORDS + 16)).isEqualTo((long) THREADS * (ROUNDS / 10));
    }

    /// Dekker's pattern: of two threads that store and then load the other's cell, at least one must
    /// see the other's store.
    @Test
    void isSequentiallyConsistent() throws InterruptedException {
        long[] seen = new long[2];
        for (int round = 0; round < 300; round++) {
            Raw.putLong(WORDS, 0);
            Raw.putLong(WORDS + 8, 0);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int me = i;
                threads.add(
                        Thread.ofPlatform()
                                .start(() -> {
                                    Atomics.store(WORDS + me * 8L, 1, 1);
                                    seen[me] = Atomics.load(WORDS + (1 - me) * 8L, 1);
                                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(seen[0] + seen[1]).isPositive();
        }
    }

    private interface Work {
        void run(int thread);
    }

    private static void inParallel(Work work) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int me = i;
            threads.add(Thread.ofPlatform().start(() -> work.run(me)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
