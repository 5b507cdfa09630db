package dev.windlass.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.llvm.LlvmEngine;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The engines agree on what fuzzing found once, and on a few fresh modules.
class DifferentialTest {
    private static final Path SEEDS =
            Path.of(System.getProperty("windlass.root", "")).resolve("fuzz/seeds/differential");
    private static final int MODULES = Integer.getInteger("windlass.fuzz.modules", 64);
    private static final long SEED = Long.getLong("windlass.fuzz.seed", 1);

    @Test
    void enginesAgree() throws IOException {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
        Differential differential = new Differential();
        for (Path seed : seeds()) {
            assertThat(differential.difference(Files.readAllBytes(seed))).as("%s", seed).isNull();
        }
        assertThat(Differential.onLargeStack(() -> differences(differential))).isEmpty();
    }

    /// Each module on the interpreter and one of the others, in turn.
    private static List<String> differences(Differential differential) {
        List<String> differences = new ArrayList<>();
        for (long seed = SEED; seed < SEED + MODULES; seed++) {
            int which = (int) (seed % differential.engines());
            DifferentialModule module = new DifferentialModule(Differential.input(seed));
            String difference = differential.difference(module, which);
            if (difference != null) {
                differences.add("seed " + seed + ", " + difference);
            }
        }
        return differences;
    }

    @Test
    void enginesAgreeOnModulesOfAnotherGenerator() {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
        TranslateToFuzz generator = TranslateToFuzz.find();
        assumeTrue(generator != null, "wasm-opt is not on the path");
        Differential differential = new Differential();
        for (int which = 0; which < differential.engines(); which++) {
            byte[] module = generator.module(Differential.input(SEED + which));
            int engine = which;
            assertThat(
                            Differential.<@Nullable String>onLargeStack(
                                    () -> differential.difference(module, engine)))
                    .as("module %d", SEED + which)
                    .isNull();
        }
    }

    private static List<Path> seeds() throws IOException {
        try (Stream<Path> files = Files.list(SEEDS)) {
            return files.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
        }
    }

    @Test
    void modulesAreValidAndHaveAllInstructions() {
        Set<Opcode> missing = EnumSet.copyOf(DifferentialCoverage.wanted());
        for (long seed = 0; seed < 600; seed++) {
            DifferentialModule generated = new DifferentialModule(Differential.input(seed));
            Module module = ModuleReader.read(generated.module(), Features.ALL);
            Validator.validate(module);
            assertThat(module.functionCount()).isGreaterThan(2);
            generated.marks().forEach(mark -> missing.removeAll(mark.instructions()));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void coverageGoesFromProcessToProcess() {
        DifferentialCoverage one = new DifferentialCoverage();
        one.merge("3 1 2 500 7 4 1;-O1-GUARD" + " I32_ADD 4 NOP 1");
        DifferentialCoverage other = new DifferentialCoverage();
        other.merge(one.encoded());
        other.merge(one.encoded());
        assertThat(other.summary()).startsWith("6 modules (33% with over 1000 instructions, 66% ");
        assertThat(other.report()).contains("executed 2 of 543 instructions, each in at least 0 ");
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
