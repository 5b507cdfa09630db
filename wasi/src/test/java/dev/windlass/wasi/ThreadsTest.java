package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One process with several threads: how it ends.
@Timeout(30)
class ThreadsTest {
    private final GuestThreads threads = new GuestThreads();

    /// Runs a body as the main thread of a process does.
    private int run(TestGuest guest, Runnable body) {
        return threads.run(guest.store(), body);
    }

    private static WasiConfig blockedInput() throws IOException {
        return WasiConfig.EMPTY.withStdin(
                new WasiInput.Stream(new PipedInputStream(new PipedOutputStream())));
    }

    @Test
    void returningIsExitingWithZero() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            assertThat(run(guest, () -> {})).isZero();
        }
    }

    @Test
    void identifiersBeginAtOneAndDiffer() throws Exception {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            run(
                    guest,
                    () -> {
                        CountDownLatch all = new CountDownLatch(100);
                        for (int i = 0; i < 100; i++) {
                            int arg = i;
                            int id =
                                    threads.spawn(
                                            (threadId, startArg) -> {
                                                assertThat(startArg).isEqualTo(arg);
                                                assertThat(seen.add(threadId)).isTrue();
                                                all.countDown();
                                            },
                                            i);
                            assertThat(id).isEqualTo(i + 1);
                        }
                        awaitQuietly(all);
                    });
        }
        assertThat(seen).hasSize(100);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whoever exits, a thread that blocks in a read ends, and the code is the exit's.
    @Test
    void anExitEndsThreadsThatBlock() throws IOException {
        try (TestGuest guest = TestGuest.of(blockedInput());
                TestGuest other = guest.another()) {
            CountDownLatch attached = new CountDownLatch(1);
            int code =
                    run(
                            guest,
                            () -> {
                                threads.spawn((_, _) -> readAttached(other, attached), 0);
                                awaitQuietly(attached);
                                throw threads.exit(7);
                            });
            assertThat(code).isEqualTo(7);
        }
    }

    private void readAttached(TestGuest guest, CountDownLatch attached) {
        threads.attach(guest.store());
        attached.countDown();
        try {
            guest.read(0);
        } finally {
            threads.detach(guest.store());
        }
    }

    @Test
    void anExitInAThreadEndsTheMainThread() throws IOException {
        try (TestGuest guest = TestGuest.of(blockedInput())) {
            int code =
                    run(
                            guest,
                            () -> {
                                threads.spawn(
                                        (_, _) -> {
                                            throw threads.exit(9);
                                        },
                                        0);
                                guest.read(0);
                            });
            assertThat(code).isEqualTo(9);
        }
    }

    @Test
    void aTrapInAThreadIsTheProcesssEnd() throws IOException {
        try (TestGuest guest = TestGuest.of(blockedInput())) {
            assertThatThrownBy(() ->
                            run(
                                    guest,
                                    () -> {
                                        threads.spawn(
                                                (_, _) -> {
                                                    throw new Trap(TrapKind.UNREACHABLE);
                                                },
                                                0);
                                        guest.read(0);
                                    }))
                    .isInstanceOfSatisfying(
                            Trap.class, e -> assertThat(e.kind()).isEqualTo(TrapKind.UNREACHABLE));
            assertThat(threads.spawn((_, _) -> {}, 0)).isNegative();
        }
    }
}
