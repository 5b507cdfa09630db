package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.WasiFunction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Arguments, environment, clocks, random bytes, standard streams.
@Timeout(30)
class StreamsTest {
    @Test
    void argumentsAndEnvironmentAreStringsWithNul() throws IOException {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("B", "2=3");
        env.put("A", "ä");
        try (TestGuest guest =
                TestGuest.of(WasiConfig.EMPTY.withArgs(List.of("prog", "", "x y")).withEnv(env))) {
            guest.ok(WasiFunction.ARGS_SIZES_GET, TestGuest.RESULT, TestGuest.RESULT + 4);
            assertThat(guest.result()).isEqualTo(3);
            assertThat(guest.memory().getInt(TestGuest.RESULT + 4)).isEqualTo(10);
            guest.ok(WasiFunction.ARGS_GET, TestGuest.RESULT, 100);
            assertThat(new String(guest.read(100, 10), StandardCharsets.UTF_8))
                    .isEqualTo("prog\0\0x y\0");
            assertThat(guest.memory().getInt(TestGuest.RESULT + 8)).isEqualTo(106);
            guest.ok(WasiFunction.ENVIRON_SIZES_GET, TestGuest.RESULT, TestGuest.RESULT + 4);
            assertThat(guest.memory().getInt(TestGuest.RESULT + 4)).isEqualTo(11);
            guest.ok(WasiFunction.ENVIRON_GET, TestGuest.RESULT, 100);
            assertThat(new String(guest.read(100, 11), StandardCharsets.UTF_8))
                    .isEqualTo("B=2=3\0A=ä\0");
        }
    }

    @Test
    void clocksRunAndHaveAResolution() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            for (int clock = 0; clock < 4; clock++) {
                guest.ok(WasiFunction.CLOCK_RES_GET, clock, TestGuest.RESULT);
                assertThat(guest.longResult()).isPositive();
                guest.ok(WasiFunction.CLOCK_TIME_GET, clock, 0, TestGuest.RESULT);
                long first = guest.longResult();
                assertThat(first).as("clock " + clock).isPositive();
                guest.ok(WasiFunction.CLOCK_TIME_GET, clock, 0, TestGuest.RESULT);
                assertThat(guest.longResult()).isGreaterThanOrEqualTo(first);
            }
            assertThat(guest.call(WasiFunction.CLOCK_RES_GET, 4, TestGuest.RESULT))
                    .isEqualTo(Errno.INVAL);
            assertThat(guest.call(WasiFunction.CLOCK_TIME_GET, -1, 0, TestGuest.RESULT))
                    .isEqualTo(Errno.INVAL);
        }
    }

    @Test
    void clocksAndRandomBytesCanBeGiven() throws IOException {
        WasiClock clock =
                new WasiClock() {
                    @Override
                    public long realtime() {
                        return 12;
                    }

                    @Override
                    public long monotonic() {
                        return 34;
                    }
                };
        WasiConfig config =
                WasiConfig.EMPTY.withClock(clock).withRandom(bytes -> Arrays.fill(bytes, (byte) 7));
        try (TestGuest guest = TestGuest.of(config)) {
            guest.ok(WasiFunction.CLOCK_TIME_GET, 0, 0, TestGuest.RESULT);
            assertThat(guest.longResult()).isEqualTo(12);
            guest.ok(WasiFunction.CLOCK_TIME_GET, 1, 0, TestGuest.RESULT);
            assertThat(guest.longResult()).isEqualTo(34);
            guest.ok(WasiFunction.RANDOM_GET, TestGuest.RESULT, 8);
            assertThat(guest.longResult()).isEqualTo(0x0707_0707_0707_0707L);
        }
    }

    @Test
    void randomBytesDiffer() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            guest.ok(WasiFunction.RANDOM_GET, 0, TestGuest.PAGES << 16);
            assertThat(guest.memory().getLong(0)).isNotEqualTo(guest.memory().getLong(8));
            assertThat(guest.memory().getLong((TestGuest.PAGES << 16) - 8)).isNotZero();
        }
    }

    @Test
    void outputGoesOutAtOnce() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TestGuest guest =
                TestGuest.of(WasiConfig.EMPTY.withStdout(new WasiOutput.Stream(out)))) {
            assertThat(guest.write(1, "héllo")).isEqualTo(Errno.SUCCESS);
            assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("héllo");
            assertThat(guest.write(0, "x")).isEqualTo(Errno.BADF);
            assertThat(guest.read(1)).isEqualTo(Errno.BADF);
            assertThat(guest.call(WasiFunction.FD_SEEK, 1, 0, 1, TestGuest.RESULT))
                    .isEqualTo(Errno.SPIPE);
            guest.ok(WasiFunction.FD_CLOSE, 1);
            assertThat(guest.write(1, "x")).isEqualTo(Errno.BADF);
        }
    }

    @Test
    void aBrokenPipeIsAnErrorNumber() throws IOException {
        OutputStream broken =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        try (TestGuest guest =
                TestGuest.of(WasiConfig.EMPTY.withStdout(new WasiOutput.Stream(broken)))) {
            assertThat(guest.write(1, "x")).isEqualTo(Errno.PIPE);
        }
    }

    @Test
    void inputOfBytesEnds() throws IOException {
        WasiInput input = new WasiInput.Bytes("some input".getBytes(StandardCharsets.UTF_8));
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY.withStdin(input))) {
            assertThat(guest.readText(0, 4)).isEqualTo("some");
            assertThat(guest.readText(0, 40)).isEqualTo(" input");
            assertThat(guest.readText(0, 40)).isEmpty();
            assertThat(guest.readText(0, 0)).isEmpty();
        }
    }

    @Test
    void blockedInputIsInterruptedAndNothingIsLost() throws Exception {
        PipedOutputStream out = new PipedOutputStream();
        WasiInput input = new WasiInput.Stream(new PipedInputStream(out));
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY.withStdin(input))) {
            Interrupted.in100Millis(guest.store(), () -> guest.read(0));
            guest.store().clearInterrupt();
            guest.ok(WasiFunction.FD_FDSTAT_SET_FLAGS, 0, Flags.FDFLAGS_NONBLOCK);
            assertThat(guest.read(0)).isEqualTo(Errno.AGAIN);
            guest.ok(WasiFunction.FD_FDSTAT_SET_FLAGS, 0, 0);
            out.write("late".getBytes(StandardCharsets.UTF_8));
            out.close();
            StringBuilder all = new StringBuilder();
            for (String text = guest.readText(0, 64);
                    !text.isEmpty();
                    text = guest.readText(0, 64)) {
                all.append(text);
            }
            assertThat(all.toString()).isEqualTo("late");
        }
    }

    @Test
    void anInterruptedThreadCountsAsInterrupted() throws Exception {
        WasiInput input = new WasiInput.Stream(new PipedInputStream(new PipedOutputStream()));
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY.withStdin(input))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> guest.read(0)).hasMessage("interrupted");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void raisedSignalsEndTheProcessAsInAShell() throws IOException {
        try (TestGuest guest = TestGuest.of(WasiConfig.EMPTY)) {
            guest.ok(WasiFunction.PROC_RAISE, 0);
            guest.ok(WasiFunction.PROC_RAISE, 16);
            assertThat(guest.call(WasiFunction.PROC_RAISE, 31)).isEqualTo(Errno.INVAL);
            assertThatThrownBy(() -> guest.call(WasiFunction.PROC_RAISE, 6))
                    .isInstanceOfSatisfying(
                            ProcExit.class, e -> assertThat(e.code()).isEqualTo(134));
            assertThatThrownBy(() -> guest.call(WasiFunction.PROC_EXIT, 3))
                    .isInstanceOfSatisfying(ProcExit.class, e -> assertThat(e.code()).isEqualTo(3));
        }
    }

    @Test
    void preopensHaveNames(@TempDir Path directory) throws IOException {
        try (TestGuest guest =
                TestGuest.of(
                        WasiConfig.EMPTY.withDirectory(
                                new WasiDirectory(directory, "/data", true)))) {
            guest.ok(WasiFunction.FD_PRESTAT_GET, 3, TestGuest.RESULT);
            assertThat(guest.longResult()).isEqualTo(5L << 32);
            guest.ok(WasiFunction.FD_PRESTAT_DIR_NAME, 3, TestGuest.RESULT, 5);
            assertThat(new String(guest.read(TestGuest.RESULT, 5), StandardCharsets.UTF_8))
                    .isEqualTo("/data");
            assertThat(guest.call(WasiFunction.FD_PRESTAT_DIR_NAME, 3, 0, 4))
                    .isEqualTo(Errno.NAMETOOLONG);
            assertThat(guest.call(WasiFunction.FD_PRESTAT_GET, 0, TestGuest.RESULT))
                    .isEqualTo(Errno.BADF);
            assertThat(guest.call(WasiFunction.FD_PRESTAT_GET, 4, TestGuest.RESULT))
                    .isEqualTo(Errno.BADF);
        }
    }
}
