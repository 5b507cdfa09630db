package dev.windlass.cli.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;
import tools.jackson.jr.ob.JSON;

/// Where the test programs are, and how their files are read, unpacked and copied.
final class Testdata {
    private Testdata() {}

    /// The project's own root folder.
    static Path projectRoot() {
        return Path.of(System.getProperty("windlass.root", "")).toAbsolutePath();
    }

    /// A folder of the test data; the calling test is skipped, with the reason, where there is none.
    static Path folder(String name) {
        String named = System.getenv("WINDLASS_TESTDATA");
        Path root =
                named != null ? Path.of(named) : projectRoot().resolveSibling("shared/testdata");
        Path folder = root.resolve(name);
        assumeTrue(
                Files.isDirectory(folder),
                () -> "no test data at " + folder + " (set WINDLASS_TESTDATA to its folder)");
        return folder;
    }

    /// The tests of a folder of the test data; where there is none, one that is skipped with the
    /// reason, because a factory that is aborted is in no report.
    static <T extends DynamicNode> Stream<? extends DynamicNode> tests(
            String name, Function<Path, Stream<T>> tests) {
        try {
            return tests.apply(folder(name));
        } catch (TestAbortedException e) {
            return skipped(name, String.valueOf(e.getMessage()));
        }
    }

    /// One test in the place of several, skipped.
    static Stream<DynamicTest> skipped(String name, String reason) {
        return Stream.of(DynamicTest.dynamicTest(name, () -> Assumptions.abort(reason)));
    }

    static Map<String, Object> json(Path file) {
        try {
            return JSON.std.mapFrom(file.toFile());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }

    static List<Path> sortedFiles(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file itself, or what is packed beside it as `NAME.xz`, unpacked once into the user's cache folder.
    static Path unpacked(Path folder, String name) throws IOException, InterruptedException {
        Path plain = folder.resolve(name);
        if (Files.exists(plain)) {
            return plain;
        }
        Path packed = folder.resolve(name + ".xz");
        Path cache = Files.createDirectories(cache().resolve(folder.getFileName().toString()));
        Path target = cache.resolve(name);
        if (!Files.exists(target)
                || Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(packed))
                        < 0) {
            Path part = Files.createTempFile(cache, "unpack", ".part");
            Process xz =
                    new ProcessBuilder("xz", "-dc", packed.toString())
                            .redirectOutput(part.toFile())
                            .start();
            if (!xz.waitFor(2, TimeUnit.MINUTES) || xz.exitValue() != 0) {
                throw new IOException("xz cannot unpack " + packed);
            }
            Files.move(
                    part,
                    target,
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.ATOMIC_MOVE);
        }
        return target;
    }

    private static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        Path base =
                named == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(named);
        return base.resolve("testdata/apps");
    }

    /// A copy of a folder that the test may write to, whatever the permissions of the original are.
    static void copyWritable(Path from, Path to) throws IOException {
        Files.walkFileTree(
                from,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) throws IOException {
                        Files.createDirectories(to.resolve(from.relativize(folder).toString()));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Path copy = to.resolve(from.relativize(file).toString());
                        Files.copy(file, copy);
                        Files.setPosixFilePermissions(
                                copy, PosixFilePermissions.fromString("rw-r--r--"));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
