package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test tools of other languages, with `windlass run` as their runner, as `docs/howto/run-a-test-suite.md` tells it.
/// A test whose tool is not installed is skipped and says so.
class TestToolsTest {
    private static final Path SUITES = Testdata.projectRoot().resolve("examples/test-suites");

    /// Debian's Rust wants the linker of the LLVM that it was built with.
    private static final Path RUST_LINKER = Path.of("/usr/lib/llvm-14/bin/wasm-ld");

    @TempDir Path scratch;

    private Path windlass;

    @BeforeEach
    void makeCommand() throws IOException {
        windlass = WindlassProcess.script(scratch.resolve("windlass"));
    }

    @Test
    void goTestRunsPackagesOfTheStandardLibrary() throws Exception {
        String go = tool("go", "/usr/local/go/bin/go", "/usr/bin/go");
        List<String> words =
                Stream.of(
                                Stream.of(
                                        go,
                                        "test",
                                        "-exec",
                                        windlass + " run --dir=/ --env PWD --env PATH"),
                                App.LONG ? Stream.<String>empty() : Stream.of("-short"),
                                Stream.of("strings", "sort", "encoding/json"))
                        .flatMap(s -> s)
                        .toList();
        String said = run(scratch, Map.of("GOOS", "wasip1", "GOARCH", "wasm"), words);
        assertThat(said.lines())
                .anyMatch(line -> line.startsWith("ok  \tstrings"))
                .anyMatch(line -> line.startsWith("ok  \tsort"))
                .anyMatch(line -> line.startsWith("ok  \tencoding/json"));
    }

    @Test
    void ctestRunsACProject() throws Exception {
        String cmake = tool("cmake", "/usr/bin/cmake");
        tool("clang-19", "/usr/bin/clang-19");
        needs(Path.of("/usr/lib/wasm32-wasi/libc.a"), "wasi-libc");
        Path build = scratch.resolve("build");
        run(
                SUITES.resolve("ctest"),
                Map.of(),
                List.of(
                        cmake,
                        "-S",
                        ".",
                        "-B",
                        build.toString(),
                        "-DCMAKE_TOOLCHAIN_FILE=wasi.cmake",
                        "-DCMAKE_CROSSCOMPILING_EMULATOR=" + windlass + ";run;--dir=/"));
        run(build, Map.of(), List.of(cmake, "--build", "."));
        assertThat(
                        run(
                                build,
                                Map.of(),
                                List.of(tool("ctest", "/usr/bin/ctest"), "--output-on-failure")))
                .contains("100% tests passed, 0 tests failed out of 5");
    }

    @Test
    void cargoTestRunsARustCrate() throws Exception {
        String cargo = tool("cargo", "/usr/bin/cargo");
        needs(Path.of("/usr/lib/rustlib/wasm32-wasi"), "libstd-rust-dev-wasm32");
        needs(RUST_LINKER, "lld-14");
        Path crate = scratch.resolve("crate");
        Testdata.copyWritable(SUITES.resolve("cargo"), crate);
        Map<String, String> settings =
                Map.of(
                        "RUSTC",
                        "/usr/bin/rustc",
                        "CARGO_HOME",
                        scratch.resolve("cargo-home").toString(),
                        "CARGO_TARGET_WASM32_WASI_LINKER",
                        RUST_LINKER.toString(),
                        "CARGO_TARGET_WASM32_WASI_RUNNER",
                        windlass + " run");
        String said =
                run(
                        crate,
                        settings,
                        List.of(cargo, "test", "--offline", "--tests", "--target", "wasm32-wasi"));
        assertThat(said)
                .contains(
                        "test result: ok. 2 passed; 0 failed; 1 ignored",
                        "test result: ok. 2 passed; 0 failed; 0 ignored");
    }

    private static String tool(String name, String... places) {
        String found =
                Stream.of(places)
                        .filter(place -> Files.isExecutable(Path.of(place)))
                        .findFirst()
                        .orElse("");
        assumeTrue(!found.isEmpty(), () -> name + " is not installed");
        return found;
    }

    private static void needs(Path file, String packageName) {
        assumeTrue(Files.exists(file), () -> packageName + " is not installed");
    }

    private String run(Path folder, Map<String, String> environment, List<String> command)
            throws Exception {
        Path said = Files.createTempFile(scratch, "said", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = process.waitFor(20, TimeUnit.MINUTES);
        process.destroyForcibly();
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(ended && process.waitFor() == 0).as("%s%n%s", command, text).isTrue();
        return text;
    }
}
