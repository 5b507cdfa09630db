package dev.windlass.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            try {
                run(in, out);
                return Files.readAllBytes(out);
            } finally {
                Files.delete(in);
                Files.deleteIfExists(out);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(Path in, Path out) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString(), in.toString()));
        command.addAll(OPTIONS);
        command.addAll(List.of("-o", out.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("wasm-opt failed: " + said);
        }
    }

    @Override
    public String toString() {
        return program.toString();
    }
}
