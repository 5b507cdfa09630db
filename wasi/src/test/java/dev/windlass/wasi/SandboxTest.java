package dev.windlass.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.wasi.abi.Errno;
import dev.windlass.wasi.abi.FileType;
import dev.windlass.wasi.abi.Flags;
import dev.windlass.wasi.abi.Rights;
import dev.windlass.wasi.abi.WasiFunction;
import dev.windlass.wasi.posix.Posix;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Attacks on the sandbox: `inside` is what the guest has, `outside/secret` is what it wants.
class SandboxTest {
    private static final String SECRET = "the secret";

    @TempDir Path root;
    private Path inside;
    private Path outside;
    private TestGuest guest;

    @BeforeEach
    void lay() throws IOException {
        assumeUsable();
        inside = Files.createDirectories(root.resolve("inside"));
        outside = Files.createDirectories(root.resolve("outside"));
        Files.createDirectories(inside.resolve("a/b/c"));
        Files.writeString(inside.resolve("a/b/file"), "harmless");
        Files.writeString(outside.resolve("secret"), SECRET);
        guest = guest(WasiConfig.EMPTY.withDirectory(new WasiDirectory(inside, "/", false)));
    }

    void assumeUsable() {
        assumeTrue(Posix.instance() != null, "no calls relative to open directories here");
    }

    TestGuest guest(WasiConfig config) throws IOException {
        return TestGuest.of(config);
    }

    @AfterEach
    void nothingOutsideHasChanged() throws IOException {
        guest.close();
        assertThat(Files.readString(outside.resolve("secret"))).isEqualTo(SECRET);
        try (var names = Files.list(outside)) {
            assertThat(names).containsExactly(outside.resolve("secret"));
        }
    }

    /// Every function that takes a path refuses it.
    private void assertUnreachable(String path) {
        guest.reset();
        assertThat(guest.open(3, path)).as("open").isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.open(3, path + "/new", Flags.OFLAGS_CREAT, Rights.FILE, 0, true))
                .as("create")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.open(3, path, Flags.OFLAGS_TRUNC, Rights.FILE, 0, true))
                .as("truncate")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.stat(3, path, true)).as("stat").isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.path(WasiFunction.PATH_CREATE_DIRECTORY, 3, path + "/new"))
                .as("create directory")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, 3, path + "/secret"))
                .as("unlink")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.rename(3, "a/b/file", 3, path + "/new"))
                .as("rename to")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.rename(3, path + "/secret", 3, "stolen"))
                .as("rename from")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.link(3, path + "/secret", true, 3, "stolen"))
                .as("link from")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.link(3, "a/b/file", false, 3, path + "/new"))
                .as("link to")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("x", 3, path + "/new")).as("symlink").isNotEqualTo(Errno.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../outside",
                "a/../../outside",
                "a/b/c/../../../../outside",
                "./.././outside",
                "a/b/../../..//outside/.",
                "/",
                "//",
                "/etc"
            })
    void pathsDoNotLeadOutside(String path) {
        assertUnreachable(path);
        assertUnreachable(path + "/secret");
        assertUnreachable(path + "/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../outside",
                "a/../../outside",
                "/",
                "ABSOLUTE",
                "link2",
                "a/up/../../outside"
            })
    void symbolicLinksDoNotLeadOutside(String target) throws IOException {
        Path absolute = Path.of(target.equals("ABSOLUTE") ? outside.toString() : target);
        Files.createSymbolicLink(inside.resolve("a/up"), Path.of("../.."));
        Files.createSymbolicLink(inside.resolve("link2"), Path.of("a/../../outside"));
        Files.createSymbolicLink(inside.resolve("link"), absolute);
        assertUnreachable("link/secret");
        assertUnreachable("link/outside/secret");
        assertUnreachable("a/b/../../link/secret");
        assertUnreachable("a/up/inside/link");
        Files.delete(inside.resolve("link"));
        Files.createSymbolicLink(inside.resolve("link"), outside.resolve("secret"));
        assertUnreachable("link");
        Files.createSymbolicLink(inside.resolve("a/b/deep"), Path.of("../../../outside/secret"));
        assertUnreachable("a/b/deep");
    }

    @Test
    void aLinkInsideIsFollowed() throws IOException {
        Files.createSymbolicLink(inside.resolve("a/back"), Path.of("../a/b/c/../.."));
        Files.createSymbolicLink(inside.resolve("first"), Path.of("a/back/b/file"));
        int fd = guest.opened(3, "first");
        assertThat(guest.readText(fd, 20)).isEqualTo("harmless");
        assertThat(guest.open(3, "first", 0, Rights.FILE, 0, false)).isEqualTo(Errno.LOOP);
    }

    @Test
    void danglingLinksCreateInsideOnly() throws IOException {
        Files.createSymbolicLink(inside.resolve("in"), Path.of("a/made"));
        Files.createSymbolicLink(inside.resolve("out"), Path.of("../outside/made"));
        guest.created(3, "in");
        assertThat(inside.resolve("a/made")).exists();
        assertThat(guest.open(3, "out", Flags.OFLAGS_CREAT, Rights.FILE, 0, true))
                .isEqualTo(Errno.PERM);
        int exclusive = Flags.OFLAGS_CREAT | Flags.OFLAGS_EXCL;
        assertThat(guest.open(3, "out", exclusive, Rights.FILE, 0, true)).isEqualTo(Errno.EXIST);
    }

    @Test
    void loopsEnd() throws IOException {
        Files.createSymbolicLink(inside.resolve("x"), Path.of("y"));
        Files.createSymbolicLink(inside.resolve("y"), Path.of("x"));
        assertThat(guest.open(3, "x")).isEqualTo(Errno.LOOP);
        assertThat(guest.open(3, "x/y/z")).isEqualTo(Errno.LOOP);
        assertThat(guest.stat(3, "x", true)).isEqualTo(Errno.LOOP);
    }

    @Test
    void theGuestCannotMakeAbsoluteLinks() {
        assertThat(guest.symlink("/etc/passwd", 3, "link")).isEqualTo(Errno.PERM);
    }

    @Test
    void aLinkOfTheGuestsOwnDoesNotHelp() {
        assertThat(guest.symlink("../outside/secret", 3, "link")).isEqualTo(Errno.SUCCESS);
        assertUnreachable("link");
        assertThat(guest.link(3, "link", true, 3, "hard")).isEqualTo(Errno.PERM);
        assertThat(guest.link(3, "link", false, 3, "hard")).isEqualTo(Errno.SUCCESS);
        assertUnreachable("hard");
        assertThat(guest.rename(3, "link", 3, "a/b/moved")).isEqualTo(Errno.SUCCESS);
        assertUnreachable("a/b/moved");
    }

    @Test
    void aSlashDoesNotMakeTheSystemFollowALink() throws IOException {
        Files.createSymbolicLink(inside.resolve("link"), outside);
        assertUnreachable("link/");
        assertThat(guest.open(3, "link/", Flags.OFLAGS_DIRECTORY, Rights.DIRECTORY, 0, false))
                .isEqualTo(Errno.PERM);
        assertThat(guest.path(WasiFunction.PATH_REMOVE_DIRECTORY, 3, "link/"))
                .isEqualTo(Errno.NOTDIR);
        assertThat(guest.rename(3, "link/", 3, "x")).isEqualTo(Errno.NOTDIR);
    }

    @Test
    void aDirectoryThatIsMovedOutIsNoWayOut() throws IOException {
        int fd = guest.openedDirectory(3, "a/b");
        Files.move(inside.resolve("a/b"), root.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(guest.open(fd, "../outside/secret")).isEqualTo(Errno.PERM);
        assertThat(guest.open(fd, "c/../../outside/secret")).isEqualTo(Errno.PERM);
        assertThat(guest.open(fd, "c/../file")).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void namesAreNeitherCutNorMisread() {
        byte[] nul = "a\0/../../outside".getBytes(StandardCharsets.UTF_8);
        assertThat(guest.open(3, nul, 0, Rights.FD_READ, 0, true)).isEqualTo(Errno.INVAL);
        byte[] overlong = {(byte) 0xC0, (byte) 0xAE, (byte) 0xC0, (byte) 0xAE, '/', 'x'};
        assertThat(guest.open(3, overlong, 0, Rights.FD_READ, 0, true)).isEqualTo(Errno.ILSEQ);
        byte[] half = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertThat(guest.open(3, half, 0, Rights.FD_READ, 0, true)).isEqualTo(Errno.ILSEQ);
        assertThat(guest.open(3, "x".repeat(256))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.open(3, "x/".repeat(2049))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.open(3, "")).isEqualTo(Errno.NOENT);
        guest.reset();
        assertThat(guest.open(3, "a/../".repeat(800) + "a/b/file")).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void aPreopenInsideAnotherIsOpenBeforeTheGuestCanSwapIt() throws IOException {
        guest.close();
        Path inner = inside.resolve("a");
        guest =
                guest(
                        WasiConfig.EMPTY
                                .withDirectory(new WasiDirectory(inside, "/", false))
                                .withDirectory(new WasiDirectory(inner, "/a", false)));
        assertThat(guest.rename(3, "a", 3, "gone")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("../outside", 3, "a")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.open(4, "secret")).isEqualTo(Errno.NOENT);
        assertThat(guest.open(4, "b/file")).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void aReadOnlyDirectoryStaysAsItIs() throws IOException {
        guest.close();
        guest = TestGuest.of(WasiConfig.EMPTY.withDirectory(new WasiDirectory(inside, "/", true)));
        assertUnreachableForWriting(3);
        assertUnreachableForWriting(guest.openedDirectory(3, "."));
        assertThat(Files.readString(inside.resolve("a/b/file"))).isEqualTo("harmless");
    }

    private void assertUnreachableForWriting(int fd) {
        Errno no = Errno.NOTCAPABLE;
        guest.reset();
        assertThat(guest.open(fd, "new", Flags.OFLAGS_CREAT, Rights.FILE, 0, true)).isEqualTo(no);
        assertThat(guest.open(fd, "a/b/file", Flags.OFLAGS_TRUNC, Rights.FILE, 0, true))
                .isEqualTo(no);
        assertThat(guest.path(WasiFunction.PATH_UNLINK_FILE, fd, "a/b/file")).isEqualTo(no);
        assertThat(guest.path(WasiFunction.PATH_CREATE_DIRECTORY, fd, "d")).isEqualTo(no);
        assertThat(guest.path(WasiFunction.PATH_REMOVE_DIRECTORY, fd, "a/b/c")).isEqualTo(no);
        assertThat(guest.rename(fd, "a", fd, "x")).isEqualTo(no);
        assertThat(guest.link(fd, "a/b/file", false, fd, "x")).isEqualTo(no);
        assertThat(guest.symlink("a", fd, "x")).isEqualTo(no);
        assertThat(guest.open(fd, "a/b/file", 0, Rights.FILE, 0, true)).isEqualTo(Errno.SUCCESS);
        int file = guest.result();
        assertThat(guest.write(file, "x")).isEqualTo(Errno.BADF);
        assertThat(guest.call(WasiFunction.FD_FILESTAT_SET_SIZE, file, 0)).isEqualTo(no);
    }

    /// A thread swaps a directory for a link that leads outside, again and again, while the guest
    /// opens a file below it.
    @Test
    void racesLose() throws Exception {
        Files.createDirectories(inside.resolve("real"));
        Files.writeString(inside.resolve("real/secret"), "decoy");
        Files.createSymbolicLink(inside.resolve("evil"), outside);
        Path name = inside.resolve("swapped");
        AtomicBoolean stop = new AtomicBoolean();
        Thread swapper = Thread.ofPlatform().start(() -> swap(name, stop));
        int read = 0;
        try {
            long end = System.nanoTime() + 1_500_000_000L;
            while (System.nanoTime() < end) {
                guest.reset();
                if (guest.open(3, "swapped/secret") == Errno.SUCCESS) {
                    int fd = guest.result();
                    assertThat(guest.readText(fd, 64)).isEqualTo("decoy");
                    guest.ok(WasiFunction.FD_CLOSE, fd);
                    read++;
                }
                assertThat(guest.open(3, "swapped/new", 1, Rights.FILE, 0, true))
                        .isNotEqualTo(Errno.ISDIR);
                if (guest.stat(3, "swapped", true) == Errno.SUCCESS) {
                    assertThat(guest.statType()).isEqualTo(FileType.DIRECTORY);
                    assertThat(guest.memory().getLong(TestGuest.RESULT + 8))
                            .isNotEqualTo(Files.getAttribute(outside, "unix:ino"));
                }
            }
        } finally {
            stop.set(true);
            swapper.join();
        }
        assertThat(read).as("times the guest got through").isPositive();
    }

    private void swap(Path name, AtomicBoolean stop) {
        try {
            while (!stop.get()) {
                Files.move(inside.resolve("real"), name, StandardCopyOption.ATOMIC_MOVE);
                Thread.onSpinWait();
                Files.move(name, inside.resolve("real"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(inside.resolve("evil"), name, StandardCopyOption.ATOMIC_MOVE);
                Thread.onSpinWait();
                Files.move(name, inside.resolve("evil"), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
