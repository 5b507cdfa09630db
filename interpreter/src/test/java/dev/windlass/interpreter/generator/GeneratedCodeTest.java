package dev.windlass.interpreter.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The committed nodes are what the generator writes.
class GeneratedCodeTest {
    private static final Path FOLDER =
            Path.of(
                    System.getProperty("windlass.root"),
                    "interpreter/src/main/java/dev/windlass/interpreter/generated");

    @Test
    void isCurrent() throws IOException {
        for (Map.Entry<String, String> file : NodeGenerator.generate().entrySet()) {
            assertThat(Files.readString(FOLDER.resolve(file.getKey())).equals(file.getValue()))
                    .as("%s: run NodeGenerator with %s", file.getKey(), FOLDER)
                    .isTrue();
        }
    }
}
