package dev.windlass.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Modules made by Binaryen's `wasm-opt --translate-to-fuzz`, whose ideas of code are not ours. It
/// makes them of bytes, too.
///
/// Only what its version 108 gets right and what has one result: no references, which it takes for
/// subtypes of each other as an old draft did; no vectors, whose NaNs it does not remove.
final class TranslateToFuzz {
    /// What its modules export to let their functions run again.
    static final String BUDGET = "hangLimitInitializer";

    private static final List<String> OPTIONS =
            List.of(
                    "--translate-to-fuzz",
                    "--mvp-features",
                    "--enable-bulk-memory",
                    "--enable-exception-handling",
                    "--enable-extended-const",
                    "--enable-multivalue",
                    "--enable-mutable-globals",
                    "--enable-nontrapping-float-to-int",
                    "--enable-sign-ext",
                    "--enable-tail-call",
                    "--denan");

    /// More than enough for the longest module.
    private static final long SECONDS = 60;

    private final Path program;

    private TranslateToFuzz(Path program) {
        this.program = program;
    }

    /// Null where `wasm-opt` is not on the path.
    static @Nullable TranslateToFuzz find() {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            Path program = Path.of(folder, "wasm-opt");
            if (Files.isExecutable(program)) {
                return new TranslateToFuzz(program);
            }
        }
        return null;
    }

    /// The module that bytes make, in the binary format.
    byte[] module(byte[] input) {
        try {
            Path folder = Files.createTempDirectory("windlass-fuzz");
            Path in = Files.write(folder.resolve("bytes"), input);
            Path out = folder.resolve("module.wasm");
            Path said = folder.resolve("said");
            try {
                run(in, out, said);
                return Files.readAllBytes(out);
            } finally {
                Files.delete(in);
                Files.deleteIfExists(out);
                Files.deleteIfExists(said);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Path in, Path out, Path said) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), in.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-o", out.toString()));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!isOver(process)) {
            process.destroyForcibly();
            throw new IOException("wasm-opt took longer than " + SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IOException("wasm-opt failed: " + Files.readString(said));
        }
    }

    private static boolean isOver(Process process) throws IOException {
        try {
            return process.waitFor(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("interrupted while wasm-opt ran", e);
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
