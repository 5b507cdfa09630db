package dev.windlass.llvm.artifact;

import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.binding.LlvmLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Links object files into a shared library, with the lld that comes with libLLVM, as a child
/// process: it has no C interface.
public final class Lld {
    private Lld() {}

    /// Links.
    ///
    /// @param out the library; there when this returns, complete
    /// @throws LlvmException with lld's words, if it fails
    /// @throws IOException if files cannot be written
    public static void link(List<byte[]> objects, Path out) throws IOException {
        Path folder = Files.createTempDirectory("windlass-link");
        try {
            List<String> command = new ArrayList<>();
            command.add(LlvmLibrary.open().lld().toString());
            command.addAll(
                    List.of(
                            "-flavor",
                            "gnu",
                            "-shared",
                            "--no-undefined",
                            "--build-id=none",
                            "-z",
                            "noexecstack",
                            "-z",
                            "relro",
                            "--hash-style=gnu",
                            "-soname",
                            "windlass-module"));
            for (int i = 0; i < objects.size(); i++) {
                Path object = folder.resolve(i + ".o");
                Files.write(object, objects.get(i));
                command.add(object.toString());
            }
            Path linked = folder.resolve("module.so");
            command.addAll(List.of("-o", linked.toString()));
            run(command);
            Files.copy(linked, out, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            delete(folder);
        }
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new LlvmException("lld failed (" + status + "): " + output.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LlvmException("linking was interrupted");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
