package dev.windlass.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A fault in one line of the lowering, from fuzz/planted.txt.
///
/// @param file a class of `dev.windlass.llvm.lowering`
/// @param right what stands there, once
/// @param wrong what is put in its place
record PlantedFault(String name, String file, String right, String wrong) {
    private static final Path ROOT = Path.of(System.getProperty("windlass.root", ""));

    static List<PlantedFault> all() throws IOException {
        String text = Files.readString(ROOT.resolve("fuzz/planted.txt"));
        return Arrays.stream(text.split("\n\n"))
                .filter(block -> !block.startsWith("#"))
                .map(block -> block.strip().split("\n"))
                .map(lines -> new PlantedFault(lines[0], lines[1], lines[2], lines[3]))
                .toList();
    }

    Path source() {
        return ROOT.resolve("llvm/src/main/java/dev/windlass/llvm/lowering/" + file + ".java");
    }

    /// The source with the fault in it.
    ///
    /// @throws IllegalStateException if it has changed so that the fault does not fit
    String planted() throws IOException {
        String source = Files.readString(source());
        int at = source.indexOf(right);
        if (at < 0 || source.indexOf(right, at + 1) >= 0) {
            throw new IllegalStateException(name + " does not fit " + file + " any more");
        }
        return source.replace(right, wrong);
    }
}
