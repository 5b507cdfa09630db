package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Compiles and runs the README's program, with the JDK's defaults and no flag of ours.
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("windlass.root"));

    @Test
    void itsExampleRuns(@TempDir Path folder) throws Exception {
        Path source = Files.writeString(folder.resolve("PluginHost.java"), example());
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-p",
                                modules(),
                                "--add-modules",
                                "dev.windlass",
                                source.toString())
                        .directory(ROOT.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start();
        assertThat(java.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(out).lines())
                .as(Files.readString(err))
                .containsExactly(
                        "12",
                        "16 bytes",
                        String.valueOf(fnv("hello, WebAssembly")),
                        "INTEGER_DIVIDE_BY_ZERO: integer divide by zero");
        assertThat(java.exitValue()).isZero();
    }

    private static String example() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int start = readme.indexOf("```java\n") + "```java\n".length();
        return readme.substring(start, readme.indexOf("```", start));
    }

    private static String modules() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.map(f -> f.resolve("target/classes"))
                    .filter(f -> Files.exists(f.resolve("module-info.class")))
                    .map(Path::toString)
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static int fnv(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x01000193;
        }
        return hash;
    }
}
