package dev.windlass.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/// The specification's own test suite and scripts of ours on an engine: one test a script.
final class SpecSuite {
    private static final List<String> FOLDERS =
            List.of(
                    "core",
                    "custom",
                    "legacy",
                    "proposals/threads",
                    "proposals/threads-mvp",
                    "proposals/custom-page-sizes",
                    "proposals/wide-arithmetic");

    private final SuiteRunner runner;

    SpecSuite(Engine engine) {
        runner = new SuiteRunner(engine, new SuiteListener() {});
    }

    /// The specification's scripts, if they are there.
    Stream<DynamicTest> scriptsOfTheSpecification() throws IOException {
        Path root = testdata().resolve("spec").normalize();
        if (!Files.isDirectory(root)) {
            return skipped("scripts of the specification", "no specification tests at " + root);
        }
        Map<String, Integer> skips = expectedSkips();
        List<Path> folders = FOLDERS.stream().map(root::resolve).toList();
        return SuiteRunner.scripts(folders).stream()
                .map(script -> test(script, root.relativize(script).toString(), skips));
    }

    /// One test that is skipped with its reason: a factory that is aborted is in no report.
    static Stream<DynamicTest> skipped(String name, String reason) {
        return Stream.of(DynamicTest.dynamicTest(name, () -> Assumptions.abort(reason)));
    }

    Stream<DynamicTest> scriptsOfOurs() throws IOException {
        Path folder = Path.of("src/test/resources/scripts");
        return SuiteRunner.scripts(List.of(folder)).stream()
                .map(script -> test(script, script.getFileName().toString(), Map.of()));
    }

    private DynamicTest test(Path script, String name, Map<String, Integer> skips) {
        return DynamicTest.dynamicTest(name, () -> check(script, skips.getOrDefault(name, 0)));
    }

    private void check(Path script, int skips) throws IOException {
        ScriptReport report = runner.run(script);
        assertThat(report.failures()).isEmpty();
        assertThat(report.skipped()).as("skipped assertions: %s", report.skips()).isEqualTo(skips);
    }

    private static Path testdata() {
        String set = System.getenv("WINDLASS_TESTDATA");
        return set != null
                ? Path.of(set)
                : Path.of(System.getProperty("windlass.root", ".")).resolve("../shared/testdata");
    }

    private static Map<String, Integer> expectedSkips() throws IOException {
        Map<String, Integer> skips = new HashMap<>();
        try (InputStream in = SpecSuite.class.getResourceAsStream("/expected-skips.txt")) {
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .forEach(entry -> skips.put(entry[0], Integer.parseInt(entry[1])));
        }
        return skips;
    }
}
