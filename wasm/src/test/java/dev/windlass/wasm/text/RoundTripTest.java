package dev.windlass.wasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// What the printer prints, the parser reads back to an equal module.
final class RoundTripTest {
    private final List<String> failures = new ArrayList<>();
    private int equalBytes;

    @Test
    void modulesOfTheSuiteComeBack() {
        for (Path file : SpecScripts.all()) {
            Features features = SpecScripts.features(file);
            List<Command> commands = ScriptParser.parse(SpecScripts.read(file));
            for (ScriptModule module : SpecScripts.validModules(commands)) {
                check(file.toString(), module.parse(features).bytes(), features);
            }
        }
        assertThat(failures).isEmpty();
        // Others hold what the text format cannot say twice: longer encodings, groups of one type.
        assertThat(equalBytes).isGreaterThan(2600);
    }

    @Test
    void modulesOfCompilersComeBack() throws IOException {
        Path kernels = SpecScripts.testdata().resolve("bench/wasm");
        Assumptions.assumeTrue(
                Files.isDirectory(kernels), "no modules at " + kernels + ": skipped");
        try (Stream<Path> files = Files.list(kernels)) {
            for (Path file : files.sorted().toList()) {
                check(file.toString(), Files.readAllBytes(file), Features.ALL);
            }
        }
        assertThat(failures).isEmpty();
    }

    private void check(String what, byte[] bytes, Features features) {
        Module module = new WatModule(bytes, new SourceMap(bytes, new int[0])).validated(features);
        String text = WatPrinter.print(module);
        byte[] again = WatParser.parse(text, features);
        equalBytes += Arrays.equals(bytes, again) ? 1 : 0;
        Module back = ModuleReader.read(again, features);
        if (!sameTypes(module, back) || !WatPrinter.print(back).equals(text)) {
            if (!text.contains("(@custom")) {
                failures.add(what + ":\n" + text);
            }
        }
    }

    private static boolean sameTypes(Module one, Module other) {
        if (one.types().size() != other.types().size()) {
            return false;
        }
        for (int i = 0; i < one.types().size(); i++) {
            if (one.defType(i) != other.defType(i)) {
                return false;
            }
        }
        return true;
    }
}
