package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.abi.WasiFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same attacks where directories are paths, and what files do there.
class PathSandboxTest extends SandboxTest {
    @Override
    void assumeUsable() {
        // Paths are everywhere.
    }

    @Override
    TestGuest guest(WasiConfig config) throws IOException {
        return TestGuest.byPaths(config);
    }

    /// Not a test here: against races only open handles help, which is what the consent is about.
    @Override
    void racesLose() {}

    /// Not a test here, for the same reason.
    @Override
    void aDirectoryThatIsMovedOutIsNoWayOut() {}

    /// Not a test here, for the same reason.
    @Override
    void aPreopenInsideAnotherIsOpenBeforeTheGuestCanSwapIt() {}

    /// Not a test here: a hard link to a symbolic link cannot be made.
    @Override
    void aLinkOfTheGuestsOwnDoesNotHelp() {}

    @Test
    void withoutConsentNothingIsOpened(@TempDir Path directory) throws IOException {
        WasiConfig config =
                WasiConfig.EMPTY.withDirectory(new WasiDirectory(directory, "/", false));
        try (TestGuest guest =
                new TestGuest(ProcessSetup.open(config, new GuestThreads(), () -> null))) {
            assertThat(guest.open(3, ".")).isEqualTo(Errno.NOTCAPABLE);
        }
    }

    @Test
    void filesAreReadAndWritten(@TempDir Path directory) throws IOException {
        WasiConfig config =
                WasiConfig.EMPTY.withDirectory(new WasiDirectory(directory, "/", false));
        try (TestGuest guest = guest(config)) {
            int fd = guest.created(3, "f");
            assertThat(guest.write(fd, "hello world")).isEqualTo(Errno.SUCCESS);
            guest.ok(WasiFunction.FD_SEEK, fd, -5, Flags.WHENCE_CUR, TestGuest.RESULT);
            assertThat(guest.readText(fd, 20)).isEqualTo("world");
            guest.ok(WasiFunction.FD_FDSTAT_SET_FLAGS, fd, Flags.FDFLAGS_APPEND);
            guest.ok(WasiFunction.FD_SEEK, fd, 0, Flags.WHENCE_SET, TestGuest.RESULT);
            assertThat(guest.write(fd, "!")).isEqualTo(Errno.SUCCESS);
            assertThat(Files.readString(directory.resolve("f"))).isEqualTo("hello world!");
            guest.ok(WasiFunction.FD_FILESTAT_SET_SIZE, fd, 3);
            guest.ok(WasiFunction.FD_FILESTAT_SET_SIZE, fd, 5);
            assertThat(Files.readString(directory.resolve("f"))).isEqualTo("hel\0\0");
            guest.ok(WasiFunction.FD_FILESTAT_GET, fd, TestGuest.RESULT);
            assertThat(guest.memory().getLong(TestGuest.RESULT + 32)).isEqualTo(5);
            guest.ok(WasiFunction.FD_FILESTAT_SET_TIMES, fd, 0, 9_000_000_000L, Flags.FST_MTIM);
            assertThat(Files.getLastModifiedTime(directory.resolve("f")).toMillis())
                    .isEqualTo(9000);
            guest.ok(WasiFunction.FD_SYNC, fd);
        }
    }

    @Test
    void directoriesAreMadeListedMovedAndRemoved(@TempDir Path directory) throws IOException {
        WasiConfig config =
                WasiConfig.EMPTY.withDirectory(new WasiDirectory(directory, "/", false));
        try (TestGuest guest = guest(config)) {
            assertThat(guest.path(WasiFunction.PATH_CREATE_DIRECTORY, 3, "d"))
                    .isEqualTo(Errno.SUCCESS);
            assertThat(guest.path(WasiFunction.PATH_CREATE_DIRECTORY, 3, "d"))
                    .isEqualTo(Errno.EXIST);
            guest.created(3, "d/f");
            assertThat(guest.symlink("d/f", 3, "l")).isEqualTo(Errno.SUCCESS);
            assertThat(guest.names(guest.openedDirectory(3, "."), 64))
                    .containsExactlyInAnyOrderElementsOf(List.of(".", "..", "d", "l"));
            assertThat(guest.path(WasiFunction.PATH_REMOVE_DIRECTORY, 3, "d"))
                    .isEqualTo(Errno.NOTEMPTY);
            assertThat(guest.path(WasiFunction.PATH_REMOVE_DIRECTORY, 3, "l"))
                    .isEqualTo(Errno.NOTDIR);
            assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, 3, "d")).isEqualTo(Errno.ISDIR);
            assertThat(guest.open(3, "d", 0, Rights.FILE, 0, true)).isEqualTo(Errno.ISDIR);
            assertThat(guest.rename(3, "d/f", 3, "g")).isEqualTo(Errno.SUCCESS);
            assertThat(guest.rename(3, "g", 3, "d")).isEqualTo(Errno.ISDIR);
            assertThat(guest.path(WasiFunction.PATH_REMOVE_DIRECTORY, 3, "d"))
                    .isEqualTo(Errno.SUCCESS);
            assertThat(guest.open(3, "l")).isEqualTo(Errno.NOENT);
            assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, 3, "l")).isEqualTo(Errno.SUCCESS);
        }
    }
}
