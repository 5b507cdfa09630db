package dev.windlass.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.WasiFunction;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `poll_oneoff` and the sockets.
@Timeout(30)
class PollTest {
    private static final int IN = 1 << 16;
    private static final int OUT = 2 << 16;

    private static void clock(TestGuest guest, int index, int clock, long time, int flags) {
        int at = IN + 48 * index;
        guest.memory().putLong(at, 1000 + index);
        guest.memory().putByte(at + 8, Flags.EVENT_CLOCK);
        guest.memory().putInt(at + 16, clock);
        guest.memory().putLong(at + 24, time);
        guest.memory().putShort(at + 40, flags);
    }

    private static void descriptor(TestGuest guest, int index, int type, int fd) {
        int at = IN + 48 * index;
        guest.memory().putLong(at, 1000 + index);
        guest.memory().putByte(at + 8, type);
        guest.memory().putInt(at + 16, fd);
    }

    private static int poll(TestGuest guest, int count) {
        guest.ok(WasiFunction.POLL_ONEOFF, IN, OUT, count, TestGuest.RESULT);
        return guest.result();
    }

    private static long userdata(TestGuest guest, int event) {
        return guest.memory().getLong(OUT + 32 * event);
    }

    private static int errno(TestGuest guest, int event) {
        return guest.memory().getShort(OUT + 32 * event + 8);
    }

    @Test
    void sleepsAreNeverShortAndNotMuchTooLong() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            for (long nanos : new long[] {0, 1, 1_000, 200_000, 3_000_000, 20_000_000}) {
                clock(guest, 0, Flags.CLOCK_MONOTONIC, nanos, 0);
                long start = System.nanoTime();
                assertThat(poll(guest, 1)).isEqualTo(1);
                long took = System.nanoTime() - start;
                assertThat(took).isBetween(nanos, nanos + 100_000_000);
                assertThat(userdata(guest, 0)).isEqualTo(1000);
            }
        }
    }

    @Test
    void theFirstClockWinsAndAbsoluteTimesAreTimes() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            guest.ok(WasiFunction.CLOCK_TIME_GET, Flags.CLOCK_REALTIME, 0, TestGuest.RESULT);
            long soon = guest.longResult() + 5_000_000;
            clock(guest, 0, Flags.CLOCK_MONOTONIC, -1, 0);
            clock(guest, 1, Flags.CLOCK_REALTIME, soon, Flags.CLOCK_ABSTIME);
            assertThat(poll(guest, 2)).isEqualTo(1);
            assertThat(userdata(guest, 0)).isEqualTo(1001);
            guest.ok(WasiFunction.CLOCK_TIME_GET, Flags.CLOCK_REALTIME, 0, TestGuest.RESULT);
            assertThat(guest.longResult()).isGreaterThanOrEqualTo(soon);
        }
    }

    @Test
    void processorTimeCanBeWaitedForOnlyWhereItRuns() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            clock(guest, 0, Flags.CLOCK_PROCESS_CPUTIME_ID, 0, 0);
            assertThat(poll(guest, 1)).isEqualTo(1);
            assertThat(errno(guest, 0)).isZero();
            clock(guest, 0, Flags.CLOCK_THREAD_CPUTIME_ID, 1, 0);
            assertThat(poll(guest, 1)).isEqualTo(1);
            assertThat(errno(guest, 0)).isEqualTo(Errno.INVAL.code());
        }
    }

    @Test
    void mistakesAreEventsOrErrors() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            assertThat(guest.call(WasiFunction.POLL_ONEOFF, IN, OUT, 0, TestGuest.RESULT))
                    .isEqualTo(Errno.INVAL);
            assertThat(guest.call(WasiFunction.POLL_ONEOFF, IN, OUT, -1, TestGuest.RESULT))
                    .isEqualTo(Errno.FAULT);
            descriptor(guest, 0, Flags.EVENT_FD_READ, 77);
            descriptor(guest, 1, Flags.EVENT_FD_WRITE, 0);
            descriptor(guest, 2, 9, 1);
            clock(guest, 3, 9, 0, 0);
            assertThat(poll(guest, 4)).isEqualTo(4);
            assertThat(errno(guest, 0)).isEqualTo(Errno.BADF.code());
            assertThat(errno(guest, 1)).isEqualTo(Errno.BADF.code());
            assertThat(errno(guest, 2)).isEqualTo(Errno.INVAL.code());
            assertThat(errno(guest, 3)).isEqualTo(Errno.INVAL.code());
        }
    }

    @Test
    void filesAndOutputAreReady(@TempDir Path directory) throws IOException {
        try (TestGuest guest = TestGuest.in(directory)) {
            int fd = guest.created(3, "f");
            guest.write(fd, "12345");
            guest.ok(WasiFunction.FD_SEEK, fd, 2, Flags.WHENCE_SET, TestGuest.RESULT);
            descriptor(guest, 0, Flags.EVENT_FD_READ, fd);
            descriptor(guest, 1, Flags.EVENT_FD_WRITE, fd);
            descriptor(guest, 2, Flags.EVENT_FD_WRITE, 1);
            assertThat(poll(guest, 3)).isEqualTo(3);
            assertThat(guest.memory().getLong(OUT + 16)).isEqualTo(3);
            assertThat(guest.memory().getByte(OUT + 32 + 10)).isEqualTo(Flags.EVENT_FD_WRITE);
        }
    }

    @Test
    void inputIsReadyWhenItComesAndAtItsEnd() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        WasiInput input = new WasiInput.Stream(new PipedInputStream(out));
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY.withStdin(input))) {
            descriptor(guest, 0, Flags.EVENT_FD_READ, 0);
            clock(guest, 1, Flags.CLOCK_MONOTONIC, 5_000_000, 0);
            assertThat(poll(guest, 2)).isEqualTo(1);
            assertThat(userdata(guest, 0)).isEqualTo(1001);

            Interrupted.in100Millis(guest.store(), () -> poll(guest, 1));
            guest.store().clearInterrupt();

            out.write("abc".getBytes(UTF_8));
            out.flush();
            assertThat(poll(guest, 1)).isEqualTo(1);
            assertThat(guest.memory().getLong(OUT + 16)).isPositive();
            assertThat(guest.memory().getShort(OUT + 24)).isZero();
            assertThat(guest.readText(0, 10)).isNotEmpty();

            out.close();
            String rest;
            do {
                assertThat(poll(guest, 1)).isEqualTo(1);
                rest = guest.readText(0, 10);
            } while (!rest.isEmpty());
        }
    }

    @Test
    void aSleepIsInterrupted() throws Exception {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            clock(guest, 0, Flags.CLOCK_MONOTONIC, 1L << 62, 0);
            Interrupted.in100Millis(guest.store(), () -> poll(guest, 1));
        }
    }

    // Sockets.

    private static TestGuest listening() throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return TestGuest.of(WasiConfig.EMPTY.withListener(any));
    }

    private static Socket connect(TestGuest guest) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), guest.listener(3).getPort());
    }

    private static int accept(TestGuest guest) {
        guest.ok(WasiFunction.SOCK_ACCEPT, 3, 0, TestGuest.RESULT);
        return guest.result();
    }

    private static Errno receive(TestGuest guest, int fd, int room, int length, int flags) {
        return guest.call(
                WasiFunction.SOCK_RECV,
                fd,
                guest.buffer(room, length),
                1,
                flags,
                TestGuest.RESULT,
                TestGuest.RESULT + 4);
    }

    private static String received(TestGuest guest, int fd, int length, int flags) {
        int room = guest.room(length);
        assertThat(receive(guest, fd, room, length, flags)).isEqualTo(Errno.SUCCESS);
        return new String(guest.read(room, guest.result()), UTF_8);
    }

    @Test
    void aConnectionIsAcceptedReadAndWritten() throws Exception {
        try (TestGuest guest = listening();
                Socket client = connect(guest)) {
            descriptor(guest, 0, Flags.EVENT_FD_READ, 3);
            assertThat(poll(guest, 1)).isEqualTo(1);
            int fd = accept(guest);
            client.getOutputStream().write("hello".getBytes(UTF_8));
            assertThat(received(guest, fd, 3, Flags.RI_RECV_PEEK)).isEqualTo("hel");
            assertThat(received(guest, fd, 3, 0)).isEqualTo("hel");
            assertThat(received(guest, fd, 100, 0)).isEqualTo("lo");

            int text = guest.bytes("answer".getBytes(UTF_8));
            guest.ok(WasiFunction.SOCK_SEND, fd, guest.buffer(text, 6), 1, 0, TestGuest.RESULT);
            assertThat(guest.result()).isEqualTo(6);
            assertThat(client.getInputStream().readNBytes(6)).isEqualTo("answer".getBytes(UTF_8));

            guest.ok(WasiFunction.SOCK_SHUTDOWN, fd, Flags.SD_WR);
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(guest.write(fd, "x")).isEqualTo(Errno.PIPE);
            client.shutdownOutput();
            descriptor(guest, 0, Flags.EVENT_FD_READ, fd);
            assertThat(poll(guest, 1)).isEqualTo(1);
            assertThat(guest.memory().getShort(OUT + 24)).isEqualTo(Flags.EVENT_HANGUP);
            assertThat(received(guest, fd, 10, 0)).isEmpty();
        }
    }

    @Test
    void waitingForAllBytesWaits() throws Exception {
        try (TestGuest guest = listening();
                Socket client = connect(guest)) {
            int fd = accept(guest);
            Thread sender =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    for (int i = 0; i < 10; i++) {
                                        client.getOutputStream()
                                                .write("0123456789".getBytes(UTF_8));
                                        Thread.sleep(2);
                                    }
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            assertThat(received(guest, fd, 100, Flags.RI_RECV_WAITALL))
                    .isEqualTo("0123456789".repeat(10));
            sender.join();
        }
    }

    @Test
    void socketsThatDoNotBlockSaySo() throws Exception {
        try (TestGuest guest = listening()) {
            guest.ok(WasiFunction.FD_FDSTAT_SET_FLAGS, 3, Flags.FDFLAGS_NONBLOCK);
            assertThat(guest.call(WasiFunction.SOCK_ACCEPT, 3, 0, TestGuest.RESULT))
                    .isEqualTo(Errno.AGAIN);
            try (Socket client = connect(guest)) {
                descriptor(guest, 0, Flags.EVENT_FD_READ, 3);
                poll(guest, 1);
                guest.ok(WasiFunction.SOCK_ACCEPT, 3, Flags.FDFLAGS_NONBLOCK, TestGuest.RESULT);
                int fd = guest.result();
                assertThat(receive(guest, fd, guest.room(8), 8, 0)).isEqualTo(Errno.AGAIN);
                int room = guest.room(1 << 15);
                int list = guest.buffer(room, 1 << 15);
                Errno errno = Errno.SUCCESS;
                for (int i = 0; i < 10_000 && errno == Errno.SUCCESS; i++) {
                    errno = guest.call(WasiFunction.SOCK_SEND, fd, list, 1, 0, TestGuest.RESULT);
                }
                assertThat(errno).isEqualTo(Errno.AGAIN);
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void blockedSocketsAreInterrupted() throws Exception {
        try (TestGuest guest = listening()) {
            Interrupted.in100Millis(guest.store(), () -> accept(guest));
            guest.store().clearInterrupt();
            try (Socket client = connect(guest)) {
                int fd = accept(guest);
                Interrupted.in100Millis(guest.store(), () -> received(guest, fd, 8, 0));
                assertThat(client.isConnected()).isTrue();
            }
        }
    }

    @Test
    void closingEndsAnotherThreadsWait() throws Exception {
        try (TestGuest guest = listening();
                TestGuest other = guest.another()) {
            Thread closer =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    Thread.sleep(50);
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                other.ok(WasiFunction.FD_CLOSE, 3);
                            });
            assertThat(guest.call(WasiFunction.SOCK_ACCEPT, 3, 0, TestGuest.RESULT))
                    .isEqualTo(Errno.BADF);
            closer.join();
        }
    }

    @Test
    void whatIsNoSocketSaysSo(@TempDir Path directory) throws IOException {
        try (TestGuest guest = TestGuest.in(directory)) {
            int fd = guest.created(3, "f");
            assertThat(guest.call(WasiFunction.SOCK_SHUTDOWN, fd, 1)).isEqualTo(Errno.NOTSOCK);
            assertThat(guest.call(WasiFunction.SOCK_ACCEPT, fd, 0, TestGuest.RESULT))
                    .isEqualTo(Errno.NOTSOCK);
            assertThat(receive(guest, fd, guest.room(8), 8, 0)).isEqualTo(Errno.NOTSOCK);
            assertThat(guest.call(WasiFunction.SOCK_SHUTDOWN, 99, 1)).isEqualTo(Errno.BADF);
        }
    }

    @Test
    void listenersAreNotConnections() throws IOException {
        try (TestGuest guest = listening()) {
            assertThat(guest.call(WasiFunction.SOCK_SHUTDOWN, 3, 1)).isEqualTo(Errno.NOTCONN);
            assertThat(receive(guest, 3, guest.room(8), 8, 0)).isEqualTo(Errno.NOTCONN);
            assertThat(guest.call(WasiFunction.SOCK_ACCEPT, 3, 64, TestGuest.RESULT))
                    .isEqualTo(Errno.INVAL);
            assertThat(guest.call(WasiFunction.FD_PRESTAT_GET, 3, TestGuest.RESULT))
                    .isEqualTo(Errno.BADF);
        }
    }
}
