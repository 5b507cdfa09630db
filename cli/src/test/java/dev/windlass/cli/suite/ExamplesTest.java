package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The programs of `examples/`, as its README runs them.
class ExamplesTest {
    private static final Path EXAMPLES = Testdata.projectRoot().resolve("examples");

    @TestFactory
    Stream<DynamicTest> printWhatIsExpected() {
        return Testdata.sortedFiles(EXAMPLES).stream()
                .filter(folder -> Files.exists(folder.resolve("expected.txt")))
                .flatMap(ExamplesTest::modules)
                .map(module ->
                        DynamicTest.dynamicTest(
                                EXAMPLES.relativize(module).toString(), () -> compare(module)));
    }

    private static Stream<Path> modules(Path folder) {
        return Testdata.sortedFiles(folder).stream()
                .filter(file -> file.toString().matches(".*\\.(wasm|wat)"));
    }

    private static void compare(Path module) throws IOException, InterruptedException {
        WindlassProcess process = new WindlassProcess("run", module.toString());
        Path poem = module.resolveSibling("poem.txt");
        Result result = (Files.exists(poem) ? process.withStdin(poem) : process).run();
        assertThat(result.text())
                .isEqualTo(Files.readString(module.resolveSibling("expected.txt")));
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void argumentsAndFoldersReachThePrograms() throws IOException, InterruptedException {
        assertThat(run("hello/hello.wasm", "Ada", "--help"))
                .isEqualTo("Hello, Ada!\nHello, --help!\n");
        Path words = EXAMPLES.resolve("words");
        Result counted =
                new WindlassProcess(
                                "run",
                                "--dir",
                                words + "::/",
                                words.resolve("words.wasm").toString(),
                                "/poem.txt")
                        .run();
        assertThat(counted.text()).isEqualTo(Files.readString(words.resolve("expected.txt")));
    }

    private static String run(String module, String... arguments)
            throws IOException, InterruptedException {
        return new WindlassProcess("run", EXAMPLES.resolve(module).toString())
                .with(arguments)
                .run()
                .text();
    }
}
