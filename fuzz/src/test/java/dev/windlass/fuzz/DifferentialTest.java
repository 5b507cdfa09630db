package dev.windlass.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.llvm.LlvmEngine;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The engines agree on what fuzzing found once, and on a few fresh modules.
class DifferentialTest {
    private static final Path SEEDS =
            Path.of(System.getProperty("windlass.root", "")).resolve("fuzz/seeds/differential");
    private static final int MODULES = Integer.getInteger("windlass.fuzz.modules", 25);
    private static final long SEED = Long.getLong("windlass.fuzz.seed", 1);

    @Test
    void enginesAgree() throws IOException {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
        Differential differential = new Differential();
        for (Path seed : seeds()) {
            assertThat(differential.difference(Files.readAllBytes(seed))).as("%s", seed).isNull();
        }
        for (long seed = SEED; seed < SEED + MODULES; seed++) {
            byte[] module = Differential.module(Differential.input(seed));
            assertThat(differential.difference(module)).as("seed %d", seed).isNull();
        }
    }

    private static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(SEEDS)) {
            return files.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
        }
    }

    @Test
    void modulesAreValid() {
        for (long seed = 0; seed < 300; seed++) {
            byte[] bytes = Differential.module(Differential.input(seed));
            Module module = ModuleReader.read(bytes, Features.ALL);
            Validator.validate(module);
            assertThat(module.functionCount()).isGreaterThan(2);
        }
    }

    @Test
    void shrinkingKeepsWhatMatters() {
        byte[] input = Differential.input(7);
        input[100] = 77;
        byte[] small = Differential.shrunk(input, bytes -> contains(bytes, 77));
        assertThat(small).hasSize(1);
    }

    private static boolean contains(byte[] bytes, int value) {
        for (byte b : bytes) {
            if (b == value) {
                return true;
            }
        }
        return false;
    }
}
