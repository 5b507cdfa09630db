package dev.windlass.llvm.artifact;

import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.compile.TableObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

/// Links object files into a shared library, with the lld that comes with libLLVM, as a child
/// process: it has no C interface.
public final class Lld {
    private static final List<String> OPTIONS =
            List.of(
                    "-flavor",
                    "gnu",
                    "-shared",
                    "--no-undefined",
                    "--build-id=sha1",
                    "-z",
                    "noexecstack",
                    "-z",
                    "relro",
                    "-z",
                    "now",
                    "--hash-style=gnu",
                    "-soname",
                    "windlass-module");

    /// It takes seconds where the compilation took minutes.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private Lld() {}

    /// Links.
    ///
    /// @return the library
    /// @throws LlvmException with lld's words, if it fails
    /// @throws IOException if files cannot be written
    public static byte[] link(List<byte[]> objects) throws IOException {
        Path folder = Files.createTempDirectory("windlass-link");
        try {
            return Files.readAllBytes(linked(objects, folder));
        } finally {
            delete(folder);
        }
    }

    /// Links.
    ///
    /// @param out the library
    /// @throws LlvmException with lld's words, if it fails
    /// @throws IOException if files cannot be written
    public static void link(List<byte[]> objects, Path out) throws IOException {
        Files.write(out, link(objects));
    }

    /// Makes one object file of several.
    ///
    /// @throws LlvmException with lld's words, if it fails
    /// @throws IOException if files cannot be written
    public static byte[] merge(List<byte[]> objects) throws IOException {
        Path folder = Files.createTempDirectory("windlass-link");
        try {
            return Files.readAllBytes(run(List.of("-flavor", "gnu", "-r"), objects, folder));
        } finally {
            delete(folder);
        }
    }

    private static Path linked(List<byte[]> objects, Path folder) throws IOException {
        Path exports =
                Files.writeString(
                        folder.resolve("exports"),
                        "{ global: " + TableObject.SYMBOL + "; local: *; };\n");
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("--version-script=" + exports);
        return run(options, objects, folder);
    }

    private static Path run(List<String> options, List<byte[]> objects, Path folder)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(LlvmLibrary.open().lld().toString());
        command.addAll(options);
        for (int i = 0; i < objects.size(); i++) {
            command.add(Files.write(folder.resolve(i + ".o"), objects.get(i)).toString());
        }
        Path linked = folder.resolve("module.so");
        command.addAll(List.of("-o", linked.toString()));
        run(command, LONGEST);
        return linked;
    }

    /// What it says goes through a pipe: it may say that the disk is full.
    static void run(List<String> command, Duration longest) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        FutureTask<byte[]> output = new FutureTask<>(process.getInputStream()::readAllBytes);
        Thread.ofPlatform().daemon().name("windlass-lld").start(output);
        try {
            if (!process.waitFor(longest)) {
                throw new LlvmException("lld did not end within " + longest.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                String words = new String(output.get(), StandardCharsets.UTF_8);
                throw new LlvmException(
                        "lld failed (" + process.exitValue() + "): " + words.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LlvmException("linking was interrupted");
        } catch (ExecutionException e) {
            throw new IOException("what lld says cannot be read", e.getCause());
        } finally {
            process.destroyForcibly().onExit().join();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}
