package dev.windlass.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every seed, and everything that fuzzing ever found, through its target; with seeded damage besides, so that the normal
/// build meets input of which nobody thought.
class SeedReplayTest {
    private static final Path SEEDS =
            Path.of(System.getProperty("windlass.root", "")).resolve("fuzz/seeds");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int DAMAGED_COPIES = 40;

    @TestFactory
    Stream<DynamicTest> decode() {
        return replay("decode", DecodeTarget::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> text() {
        return replay("text", TextTarget::fuzzerTestOneInput);
    }

    @TestFactory
    Stream<DynamicTest> run() {
        return replay("run", RunTarget::fuzzerTestOneInput);
    }

    /// What the generator makes must be valid, whatever the bytes are: `RunTarget` lets a refusal out.
    @Test
    void generatedModulesRun() {
        Random random = new Random(20260101);
        for (int i = 0; i < 300; i++) {
            byte[] input = new byte[50 + random.nextInt(800)];
            random.nextBytes(input);
            input[0] = 1;
            Assertions.assertTimeoutPreemptively(
                    PATIENCE, () -> RunTarget.fuzzerTestOneInput(input));
        }
    }

    private static Stream<DynamicTest> replay(String target, Consumer<byte[]> entry) {
        List<Path> seeds = files(SEEDS.resolve(target));
        assertThat(seeds).isNotEmpty();
        return seeds.stream()
                .map(seed ->
                        DynamicTest.dynamicTest(
                                seed.getFileName().toString(), () -> replay(seed, entry)));
    }

    private static void replay(Path seed, Consumer<byte[]> entry) throws IOException {
        byte[] original = Files.readAllBytes(seed);
        Assertions.assertTimeoutPreemptively(PATIENCE, () -> entry.accept(original));
        Random random = new Random(original.length);
        for (int i = 0; i < DAMAGED_COPIES; i++) {
            byte[] damaged = damaged(original, random);
            Assertions.assertTimeoutPreemptively(PATIENCE, () -> entry.accept(damaged));
        }
    }

    private static byte[] damaged(byte[] original, Random random) {
        byte[] copy = original.clone();
        for (int i = random.nextInt(4); i >= 0 && copy.length > 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
