package dev.windlass.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.abi.WasiFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files and directories, as guests use them.
@Timeout(60)
class FilesTest {
    @TempDir Path directory;
    private TestGuest guest;

    @BeforeEach
    void open() throws IOException {
        guest = TestGuest.in(directory);
    }

    @AfterEach
    void close() {
        guest.close();
    }

    @Test
    void readsAndWritesSeveralBuffersAtOnce() throws IOException {
        int fd = guest.created(3, "f");
        int a = guest.bytes("one ".getBytes(UTF_8));
        int b = guest.bytes("two".getBytes(UTF_8));
        int list = guest.buffer(a, 4);
        guest.buffer(b, 0);
        int third = guest.buffer(b, 3);
        guest.memory().putLong(list + 8, guest.memory().getLong(third));
        guest.ok(WasiFunction.FD_WRITE, fd, list, 2, TestGuest.RESULT);
        assertThat(guest.result()).isEqualTo(7);
        assertThat(Files.readString(directory.resolve("f"))).isEqualTo("one two");

        guest.ok(WasiFunction.FD_SEEK, fd, -5, Flags.WHENCE_END, TestGuest.RESULT);
        assertThat(guest.longResult()).isEqualTo(2);
        assertThat(guest.readText(fd, 100)).isEqualTo("e two");
        assertThat(guest.readText(fd, 100)).isEmpty();
        guest.ok(WasiFunction.FD_TELL, fd, TestGuest.RESULT);
        assertThat(guest.longResult()).isEqualTo(7);
        assertThat(guest.call(WasiFunction.FD_SEEK, fd, -1, Flags.WHENCE_SET, TestGuest.RESULT))
                .isEqualTo(Errno.INVAL);
        assertThat(guest.call(WasiFunction.FD_SEEK, fd, 0, 3, TestGuest.RESULT))
                .isEqualTo(Errno.INVAL);
    }

    @Test
    void readsAndWritesAtPositions() throws IOException {
        int fd = guest.created(3, "f");
        int text = guest.bytes("text".getBytes(UTF_8));
        guest.ok(WasiFunction.FD_PWRITE, fd, guest.buffer(text, 4), 1, 6, TestGuest.RESULT);
        assertThat(Files.readString(directory.resolve("f"))).isEqualTo("\0\0\0\0\0\0text");
        int room = guest.room(8);
        guest.ok(WasiFunction.FD_PREAD, fd, guest.buffer(room, 8), 1, 8, TestGuest.RESULT);
        assertThat(guest.result()).isEqualTo(2);
        assertThat(guest.read(room, 2)).isEqualTo("xt".getBytes(UTF_8));
        guest.ok(WasiFunction.FD_TELL, fd, TestGuest.RESULT);
        assertThat(guest.longResult()).isZero();
        int list = guest.buffer(room, 8);
        assertThat(guest.call(WasiFunction.FD_PREAD, fd, list, 1, -1, TestGuest.RESULT))
                .isEqualTo(Errno.INVAL);
    }

    @Test
    void appendsAfterTheFlagIsSet() throws IOException {
        Files.writeString(directory.resolve("f"), "start");
        int fd = guest.created(3, "f");
        guest.ok(WasiFunction.FD_FDSTAT_SET_FLAGS, fd, Flags.FDFLAGS_APPEND);
        assertThat(guest.write(fd, "+end")).isEqualTo(Errno.SUCCESS);
        guest.ok(WasiFunction.FD_FDSTAT_GET, fd, TestGuest.RESULT);
        assertThat(guest.memory().getShort(TestGuest.RESULT + 2)).isEqualTo(Flags.FDFLAGS_APPEND);
        guest.ok(WasiFunction.FD_FDSTAT_SET_FLAGS, fd, 0);
        guest.ok(WasiFunction.FD_SEEK, fd, 0, Flags.WHENCE_SET, TestGuest.RESULT);
        assertThat(guest.write(fd, "S")).isEqualTo(Errno.SUCCESS);
        assertThat(Files.readString(directory.resolve("f"))).isEqualTo("Start+end");
        assertThat(guest.call(WasiFunction.FD_FDSTAT_SET_FLAGS, fd, 1 << 7)).isEqualTo(Errno.INVAL);
    }

    @Test
    void sizeTimesAndSpace() throws IOException {
        int fd = guest.created(3, "f");
        guest.ok(WasiFunction.FD_FILESTAT_SET_SIZE, fd, 1000);
        assertThat(Files.size(directory.resolve("f"))).isEqualTo(1000);
        assertThat(guest.call(WasiFunction.FD_FILESTAT_SET_SIZE, fd, -1)).isEqualTo(Errno.INVAL);
        int times = Flags.FST_ATIM | Flags.FST_MTIM;
        guest.ok(WasiFunction.FD_FILESTAT_SET_TIMES, fd, 1_000_000_007, 2_000_000_009, times);
        assertThat(Files.getLastModifiedTime(directory.resolve("f")))
                .isEqualTo(FileTime.from(2_000_000_009, TimeUnit.NANOSECONDS));
        guest.ok(WasiFunction.FD_FILESTAT_GET, fd, TestGuest.RESULT);
        assertThat(guest.memory().getLong(TestGuest.RESULT + 32)).isEqualTo(1000);
        assertThat(guest.memory().getLong(TestGuest.RESULT + 40)).isEqualTo(1_000_000_007);
        assertThat(guest.memory().getLong(TestGuest.RESULT + 48)).isEqualTo(2_000_000_009);
        int both = Flags.FST_MTIM | Flags.FST_MTIM_NOW;
        assertThat(guest.call(WasiFunction.FD_FILESTAT_SET_TIMES, fd, 0, 0, both))
                .isEqualTo(Errno.INVAL);
        Errno allocated = guest.call(WasiFunction.FD_ALLOCATE, fd, 0, 5000);
        assertThat(allocated).isIn(Errno.SUCCESS, Errno.NOTSUP);
        assertThat(Files.size(directory.resolve("f")))
                .isEqualTo(allocated == Errno.SUCCESS ? 5000 : 1000);
        guest.ok(WasiFunction.FD_SYNC, fd);
        guest.ok(WasiFunction.FD_DATASYNC, fd);
        guest.ok(WasiFunction.FD_ADVISE, fd, 0, 10, 3);
        assertThat(guest.call(WasiFunction.FD_ADVISE, fd, 0, 10, 6)).isEqualTo(Errno.INVAL);
    }

    @Test
    void directoriesAreListedInPieces() throws IOException {
        List<String> names = new ArrayList<>(List.of(".", ".."));
        for (int i = 0; i < 500; i++) {
            names.add("a-rather-long-name-" + i);
            Files.createFile(directory.resolve(names.getLast()));
        }
        int fd = guest.openedDirectory(3, ".");
        guest.reset();
        assertThat(guest.names(fd, 300)).containsExactlyInAnyOrderElementsOf(names);
        guest.reset();
        assertThat(guest.names(fd, 100_000)).containsExactlyInAnyOrderElementsOf(names);
    }

    /// As `rm -r` does: it removes what it has seen and reads on.
    @Test
    void positionsOutliveRemovals() throws IOException {
        for (int i = 0; i < 100; i++) {
            Files.createFile(directory.resolve("f" + i));
        }
        int fd = guest.openedDirectory(3, ".");
        int room = guest.room(1000);
        long cookie = 0;
        int removed = 0;
        int used = 1000;
        while (used == 1000) {
            guest.ok(WasiFunction.FD_READDIR, fd, room, 1000, cookie, TestGuest.RESULT);
            used = guest.result();
            for (int at = 0; at + 24 <= used; ) {
                int length = guest.memory().getInt(room + at + 16);
                if (at + 24 + length > used) {
                    break;
                }
                cookie = guest.memory().getLong(room + at);
                String name = new String(guest.read(room + at + 24, length), UTF_8);
                if (name.startsWith("f")) {
                    assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, 3, name))
                            .isEqualTo(Errno.SUCCESS);
                    removed++;
                }
                at += 24 + length;
            }
        }
        assertThat(removed).isEqualTo(100);
        assertThat(guest.call(WasiFunction.FD_READDIR, fd, room, 1000, 5000, TestGuest.RESULT))
                .isEqualTo(Errno.INVAL);
    }

    @Test
    void trailingSlashesMeanDirectories() throws IOException {
        Files.createFile(directory.resolve("f"));
        Files.createDirectory(directory.resolve("d"));
        assertThat(guest.open(3, "f/")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.open(3, "d/")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat(3, "f/", true)).isEqualTo(Errno.NOTDIR);
        assertThat(guest.stat(3, "d/.", true)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, 3, "f/")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, 3, "d/")).isEqualTo(Errno.ISDIR);
        assertThat(guest.path(WasiFunction.PATH_CREATE_DIRECTORY, 3, "e/"))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.path(WasiFunction.PATH_REMOVE_DIRECTORY, 3, "e/"))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.rename(3, "f", 3, "g/")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.rename(3, "f/", 3, "g")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.rename(3, "d/", 3, "g/")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("f", 3, "new/")).isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.open(3, "new/", Flags.OFLAGS_CREAT, Rights.FILE, 0, true))
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(directory.resolve("new")).doesNotExist();
    }

    @Test
    void renameReplacesAndLinkDoesNot() throws IOException {
        Files.writeString(directory.resolve("a"), "a");
        Files.writeString(directory.resolve("b"), "b");
        assertThat(guest.link(3, "a", false, 3, "b")).isEqualTo(Errno.EXIST);
        assertThat(guest.rename(3, "a", 3, "b")).isEqualTo(Errno.SUCCESS);
        assertThat(Files.readString(directory.resolve("b"))).isEqualTo("a");
        assertThat(guest.link(3, "b", false, 3, "c")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat(3, "c", true)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().getLong(TestGuest.RESULT + 24)).isEqualTo(2);
        assertThat(guest.rename(3, "b", 99, "x")).isEqualTo(Errno.BADF);
    }

    @Test
    void linksAreReadAndTheirTimesSet() throws IOException {
        assertThat(guest.symlink("target", 3, "link")).isEqualTo(Errno.SUCCESS);
        int path = guest.bytes("link".getBytes(UTF_8));
        int room = guest.room(16);
        guest.ok(WasiFunction.PATH_READLINK, 3, path, 4, room, 16, TestGuest.RESULT);
        assertThat(new String(guest.read(room, guest.result()), UTF_8)).isEqualTo("target");
        guest.ok(WasiFunction.PATH_READLINK, 3, path, 4, room, 3, TestGuest.RESULT);
        assertThat(guest.result()).isEqualTo(3);
        guest.ok(WasiFunction.PATH_FILESTAT_SET_TIMES, 3, 0, path, 4, 0, 5000, Flags.FST_MTIM);
        assertThat(guest.stat(3, "link", false)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.statType()).isEqualTo(FileType.SYMBOLIC_LINK);
        assertThat(guest.memory().getLong(TestGuest.RESULT + 48)).isEqualTo(5000);
        assertThat(guest.stat(3, "link", true)).isEqualTo(Errno.NOENT);
    }

    @Test
    void rightsShrinkOnly() {
        int fd = guest.created(3, "f");
        guest.ok(WasiFunction.FD_FDSTAT_SET_RIGHTS, fd, Rights.FD_READ | Rights.FD_TELL, 0);
        assertThat(guest.write(fd, "x")).isEqualTo(Errno.BADF);
        guest.ok(WasiFunction.FD_SEEK, fd, 0, Flags.WHENCE_CUR, TestGuest.RESULT);
        assertThat(guest.call(WasiFunction.FD_SEEK, fd, 1, Flags.WHENCE_CUR, TestGuest.RESULT))
                .isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call(WasiFunction.FD_FDSTAT_SET_RIGHTS, fd, Rights.FD_WRITE, 0))
                .isEqualTo(Errno.NOTCAPABLE);
        guest.ok(WasiFunction.FD_FDSTAT_SET_RIGHTS, 3, Rights.PATH_OPEN, Rights.FD_READ);
        assertThat(guest.open(3, "g", Flags.OFLAGS_CREAT, Rights.FILE, 0, true))
                .isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void descriptorsRunOutWithAnError() {
        Errno last = Errno.SUCCESS;
        int n = 0;
        while (last == Errno.SUCCESS && n < 10_000) {
            guest.reset();
            last = guest.open(3, ".", Flags.OFLAGS_DIRECTORY, Rights.DIRECTORY, 0, true);
            n++;
        }
        assertThat(last).isEqualTo(Errno.MFILE);
        guest.ok(WasiFunction.FD_CLOSE, 100);
        guest.reset();
        assertThat(guest.openedDirectory(3, ".")).isEqualTo(100);
    }

    @Test
    void renumberMovesAndCloses() throws IOException {
        Files.writeString(directory.resolve("a"), "a");
        Files.writeString(directory.resolve("b"), "b");
        int a = guest.opened(3, "a");
        int b = guest.opened(3, "b");
        guest.ok(WasiFunction.FD_RENUMBER, a, b);
        assertThat(guest.readText(b, 10)).isEqualTo("a");
        assertThat(guest.read(a)).isEqualTo(Errno.BADF);
        guest.ok(WasiFunction.FD_RENUMBER, b, b);
        assertThat(guest.call(WasiFunction.FD_RENUMBER, b, 50)).isEqualTo(Errno.BADF);
        assertThat(guest.call(WasiFunction.FD_CLOSE, -1)).isEqualTo(Errno.BADF);
    }

    /// Threads close and reopen under the same numbers while others read: nobody ever reads a file
    /// that it did not ask for.
    @Test
    void closingWhileReadingDoesNotCrossFiles() throws Exception {
        Files.writeString(directory.resolve("a"), "a".repeat(64));
        int fd = guest.opened(3, "a");
        List<Throwable> failures = new ArrayList<>();
        Thread closer =
                Thread.ofPlatform()
                        .uncaughtExceptionHandler((_, e) -> failures.add(e))
                        .start(() -> reopen(fd));
        try (TestGuest reader = guest.another()) {
            while (closer.isAlive()) {
                reader.reset();
                int room = reader.room(64);
                int list = reader.buffer(room, 64);
                Errno errno = reader.call(WasiFunction.FD_PREAD, fd, list, 1, 0, TestGuest.RESULT);
                assertThat(errno).isIn(Errno.SUCCESS, Errno.BADF);
                if (errno == Errno.SUCCESS) {
                    assertThat(new String(reader.read(room, 64), UTF_8)).isEqualTo("a".repeat(64));
                }
            }
        }
        closer.join();
        assertThat(failures).isEmpty();
    }

    private void reopen(int fd) {
        TestGuest other = guest.another();
        for (int i = 0; i < 2000; i++) {
            other.reset();
            other.ok(WasiFunction.FD_CLOSE, fd);
            assertThat(other.opened(3, "a")).isEqualTo(fd);
        }
    }

    @Test
    void aFifoDoesNotHangForEver() throws Exception {
        assumeTrue(
                new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start().waitFor()
                        == 0,
                "no mkfifo here");
        assertThat(guest.open(3, "fifo", 0, Rights.FD_WRITE, Flags.FDFLAGS_NONBLOCK, true))
                .isEqualTo(Errno.NXIO);
        int fd = guest.opened(3, "fifo");
        Interrupted.in100Millis(guest.store(), () -> guest.read(fd));
        guest.store().clearInterrupt();
        int writer = openWriter();
        assertThat(guest.write(writer, "through")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.readText(fd, 20)).isEqualTo("through");
        guest.ok(WasiFunction.FD_CLOSE, writer);
        assertThat(guest.readText(fd, 20)).isEmpty();
    }

    private int openWriter() {
        assertThat(guest.open(3, "fifo", 0, Rights.FILE & ~Rights.FD_READ, 0, true))
                .isEqualTo(Errno.SUCCESS);
        return guest.result();
    }

    @Test
    void openingAFifoForWritingIsInterrupted() throws Exception {
        assumeTrue(
                new ProcessBuilder("mkfifo", directory.resolve("fifo").toString()).start().waitFor()
                        == 0,
                "no mkfifo here");
        Interrupted.in100Millis(
                guest.store(),
                () -> guest.open(3, "fifo", 0, Rights.FILE & ~Rights.FD_READ, 0, true));
    }

    @Test
    void devicesAreFiles() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "no /dev/zero here");
        try (TestGuest devices = TestGuest.in(Path.of("/dev"))) {
            int zero = devices.opened(3, "zero");
            assertThat(devices.readText(zero, 3)).isEqualTo("\0\0\0");
            devices.ok(WasiFunction.FD_FDSTAT_GET, zero, TestGuest.RESULT);
            assertThat(devices.memory().getByte(TestGuest.RESULT))
                    .isEqualTo(FileType.CHARACTER_DEVICE.code());
            int nothing = devices.opened(3, "null");
            assertThat(devices.readText(nothing, 3)).isEmpty();
        }
    }

    @Test
    void filesOfAClosedProcessAreClosed() throws IOException {
        Path fds = Path.of("/proc/self/fd");
        assumeTrue(Files.exists(fds), "no /proc here");
        guest.opened(3, ".");
        long before = count(fds);
        for (int i = 0; i < 50; i++) {
            try (TestGuest other = TestGuest.in(directory)) {
                other.created(3, "f");
                other.open(3, "nowhere/f");
                other.open(3, "f/x");
                other.openedDirectory(3, ".");
            }
        }
        assertThat(count(fds)).isLessThan(before + 20);
    }

    private static long count(Path path) throws IOException {
        try (var entries = Files.list(path)) {
            return entries.count();
        }
    }

    @Test
    void timesSetToNowAreNow() throws IOException {
        int fd = guest.created(3, "f");
        Files.setLastModifiedTime(directory.resolve("f"), FileTime.fromMillis(0));
        guest.ok(WasiFunction.FD_FILESTAT_SET_TIMES, fd, 0, 0, Flags.FST_MTIM_NOW);
        assertThat(Files.getLastModifiedTime(directory.resolve("f")).toInstant())
                .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
    }
}
