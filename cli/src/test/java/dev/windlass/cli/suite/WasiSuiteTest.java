package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The suite of the WASI project for preview 1, in its present and its former form, and for threads. Nothing is left out.
class WasiSuiteTest {
    @TempDir Path scratch;

    private static final String COMPILED_IN_LONG = "-Dwindlass.long=true compiles these, too";

    /// Whether guests are compiled, which takes two seconds each for Rust's, in a build that is to end soon.
    private static boolean isShortened() {
        return WindlassProcess.isEngineGiven() && !App.LONG;
    }

    @TestFactory
    Stream<? extends DynamicNode> preview1() {
        if (isShortened()) {
            return Stream.concat(
                    programs(26, "preview1/c", "preview1/assemblyscript"),
                    Testdata.skipped("preview1/rust", COMPILED_IN_LONG));
        }
        return programs(72, "preview1/c", "preview1/rust", "preview1/assemblyscript");
    }

    @TestFactory
    Stream<? extends DynamicNode> preview1WithNamedFolders() {
        if (isShortened()) {
            return Testdata.skipped("preview1-dirs", COMPILED_IN_LONG);
        }
        return programs(
                72, "preview1-dirs/c", "preview1-dirs/rust", "preview1-dirs/assemblyscript");
    }

    @TestFactory
    Stream<? extends DynamicNode> threads() {
        return programs(15, "wasi-threads");
    }

    private Stream<? extends DynamicNode> programs(int count, String... folders) {
        return Testdata.tests("wasi", suite -> programs(suite, count, folders));
    }

    private Stream<DynamicNode> programs(Path suite, int count, String... folders) {
        List<DynamicNode> tests =
                Stream.of(folders)
                        .flatMap(folder -> Testdata.sortedFiles(suite.resolve(folder)).stream())
                        .filter(file -> file.toString().endsWith(".wasm"))
                        .map(WasiProgram::read)
                        .<DynamicNode>map(program ->
                                DynamicTest.dynamicTest(title(program, suite), () -> run(program)))
                        .toList();
        assertThat(tests).hasSize(count);
        return tests.stream();
    }

    private static String title(WasiProgram program, Path suite) {
        return suite.relativize(program.module().resolveSibling(program.name())).toString();
    }

    private void run(WasiProgram program) throws IOException, InterruptedException {
        program.check(program.run(Files.createTempDirectory(scratch, program.name())));
    }
}
