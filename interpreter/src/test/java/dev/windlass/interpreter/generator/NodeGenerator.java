package dev.windlass.interpreter.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Writes the package `dev.windlass.interpreter.generated`: one class per node and kind of operands,
/// one per block and number of statements. Run it with the package's folder as argument after a
/// change here; a test compares what is committed with what this writes.
public final class NodeGenerator {
    private NodeGenerator() {}

    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        generate()
                .forEach((name, text) -> {
                    try {
                        Files.writeString(folder.resolve(name), text);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /// File names and texts.
    public static Map<String, String> generate() {
        Map<String, String> files = new TreeMap<>();
        Numeric.generate(files);
        Memory.generate(files);
        Blocks.generate(files);
        Pairs.generate(files);
        return files;
    }
}
