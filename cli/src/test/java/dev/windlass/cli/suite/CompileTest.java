package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `compile` and `run --precompiled` as a user meets them.
class CompileTest {
    private static final Path EXAMPLES = Testdata.projectRoot().resolve("examples");
    private static final Path WORDS = EXAMPLES.resolve("words/words.wasm");

    @TempDir Path folder;

    private String output() {
        return folder.resolve("words.so").toString();
    }

    private static Result windlass(String... words) throws IOException, InterruptedException {
        return new WindlassProcess(words).run();
    }

    @Test
    void aLibraryRunsAlone() throws Exception {
        Path copy = Files.copy(WORDS, folder.resolve("words.wasm"));
        Result compiled = windlass("compile", "--stats", copy.toString(), "-o", output());
        assertThat(compiled.exit()).isZero();
        assertThat(compiled.err()).containsPattern("native functions: (\\d+) of \\1\n");
        Files.delete(copy);
        Result run =
                new WindlassProcess("run", "--precompiled", output())
                        .withStdin(EXAMPLES.resolve("words/poem.txt"))
                        .run();
        assertThat(run.err()).isEmpty();
        assertThat(run.text()).isEqualTo(Files.readString(EXAMPLES.resolve("words/expected.txt")));
        assertThat(folder.toFile().list()).containsExactly("words.so");
    }

    @Test
    void everyLevelAndModeRuns() throws Exception {
        for (List<String> options :
                List.of(
                        List.of("-O0", "--memory-mode=explicit"),
                        List.of("-O2", "--memory-mode=guard"),
                        List.of("-O1", "--memory-mode=auto"))) {
            Result run =
                    new WindlassProcess("run", "--engine", "llvm", "--stats")
                            .with(options.toArray(String[]::new))
                            .with(EXAMPLES.resolve("hello/hello.wasm").toString(), "Ada")
                            .run();
            assertThat(run.text()).isEqualTo("Hello, Ada!\n");
            assertThat(run.err()).contains("engine: llvm").containsPattern("compile: .* ms");
        }
    }

    @Test
    void countingFuelIsAskedForWhenCompiling() throws Exception {
        windlass("compile", WORDS.toString(), "-o", output());
        Result refused = windlass("run", "--fuel", "1000", "--precompiled", output());
        assertThat(refused.err())
                .isEqualTo(
                        "windlass: cannot run '"
                                + output()
                                + "' with --fuel: its code does not count fuel; compile the module"
                                + " with --fuel\n");
        assertThat(refused.exit()).isEqualTo(1);
        windlass("compile", "--fuel", WORDS.toString(), "-o", output());
        Result stopped = windlass("run", "--fuel", "1000", "--stats", "--precompiled", output());
        assertThat(stopped.err()).contains("all fuel consumed", "fuel: 1000 used");
        assertThat(stopped.exit()).isEqualTo(134);
        Result unlimited =
                new WindlassProcess("run", "--precompiled", output())
                        .withStdin(EXAMPLES.resolve("words/poem.txt"))
                        .run();
        assertThat(unlimited.exit()).isZero();
    }

    @Test
    void showsWhatLlvmMakesOfAModule() throws Exception {
        for (String[] kind :
                new String[][] {
                    {"llvm-ir", "define "}, {"asm", ".text"}, {"remarks", "module.wasm:"}
                }) {
            Path text = folder.resolve("words.txt");
            Result result =
                    windlass("compile", "--emit", kind[0], WORDS.toString(), "-o", text.toString());
            assertThat(result.err()).isEmpty();
            assertThat(Files.readString(text)).contains(kind[1]);
        }
    }

    @Test
    void aWorkerMakesTheSameLibrary() throws Exception {
        Path here = folder.resolve("here.so");
        windlass("compile", WORDS.toString(), "-o", here.toString());
        Result there = windlass("compile", "--compile-in=worker", WORDS.toString(), "-o", output());
        assertThat(there.err()).isEmpty();
        assertThat(Path.of(output())).hasSameBinaryContentAs(here);
        Result run =
                new WindlassProcess("run", "--engine=llvm", "--compile-in=worker")
                        .with(EXAMPLES.resolve("hello/hello.wasm").toString(), "Ada")
                        .run();
        assertThat(run.text()).isEqualTo("Hello, Ada!\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void refusesWhatItCannotRun() throws Exception {
        Result module = windlass("run", "--precompiled", WORDS.toString());
        assertThat(module.err())
                .isEqualTo(
                        "windlass: cannot run '"
                                + WORDS
                                + "': it is not a shared library (ELF, 64 bits)\n");
        assertThat(module.exit()).isEqualTo(1);
        Result none = windlass("run", "--precompiled", folder.resolve("none.so").toString());
        assertThat(none.err()).contains("no such file");
        assertThat(none.exit()).isEqualTo(1);
    }

    @Test
    void theModuleIsCheckedBeforeItIsCompiled() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.wat"), "(module (func (result i32)))");
        Result result = windlass("compile", bad.toString(), "-o", output());
        assertThat(result.err()).contains("is not a valid module");
        assertThat(result.exit()).isEqualTo(1);
    }

    @Test
    void saysWhatOptionsThereAre() throws Exception {
        usage("-O takes 0, 1 or 2, not 7", "-O7");
        usage("there are: x86_64-linux, aarch64-linux", "--target", "pdp11");
        usage("there are: x86-64-v2, x86-64-v3", "--target", "x86_64-linux", "--cpu", "80386");
        usage("--emit takes llvm-ir, asm, obj or remarks", "--emit", "poetry");
        usage("--memory-mode takes guard", "--memory-mode", "none");
        usage("--compile-in takes process or worker", "--compile-in", "haste");
        assertThat(windlass("run", "-O2", WORDS.toString()).exit()).isEqualTo(2);
        assertThat(windlass("run", "--engine", "interpreter", "--precompiled", "a.so").exit())
                .isEqualTo(2);
    }

    @Test
    void saysWhichOptionsNeedTheCompiler() throws Exception {
        Path script = Files.writeString(folder.resolve("a.wast"), "(module)");
        for (String option : List.of("-O2", "--memory-mode=explicit", "--test-mix=1")) {
            Result result = windlass("wast", option, script.toString());
            assertThat(result.err())
                    .isEqualTo(
                            """
                            windlass: -O, --memory-mode and --test-mix need --engine llvm
                            Try 'windlass wast --help'.
                            """);
            assertThat(result.exit()).isEqualTo(2);
            result = windlass("wast", "--engine", "llvm", option, script.toString());
            assertThat(result.err()).isEmpty();
            assertThat(result.exit()).isZero();
        }
        assertThat(windlass("wast", "--engine", "llvm", "-O3", script.toString()).err())
                .contains("-O takes 0, 1 or 2, not 3");
    }

    @Test
    void saysTheSameEverywhereWhereLlvmIsMissing() throws Exception {
        Path script = Files.writeString(folder.resolve("a.wast"), "(module)");
        String said =
                "windlass: the engine 'llvm' cannot be used here: WINDLASS_LLVM or"
                        + " -Dwindlass.llvm.library names '/nonexistent', which is no file\n";
        String[][] commands = {
            {"run", "--engine", "llvm", WORDS.toString()},
            {"wast", "--engine", "llvm", script.toString()},
            {"compile", WORDS.toString(), "-o", output()},
            {"explore", WORDS.toString(), "_start"},
        };
        for (String[] words : commands) {
            Result result =
                    new WindlassProcess(words)
                            .withEnvironment("WINDLASS_LLVM", "/nonexistent")
                            .run();
            assertThat(result.err()).isEqualTo(said);
            assertThat(result.text()).isEmpty();
            assertThat(result.exit()).isEqualTo(1);
        }
        assertThat(windlass("wast", "--engine", "fast", script.toString()).err())
                .contains("no engine named 'fast'; there are: ")
                .contains(", auto\n");
    }

    private static void usage(String said, String... options) throws Exception {
        Result result = new WindlassProcess("compile").with(options).with(WORDS.toString()).run();
        assertThat(result.err()).contains(said);
        assertThat(result.exit()).isEqualTo(2);
    }

    @Test
    void aFullDiskLeavesNothingHalfWritten() throws Exception {
        Path script = WindlassProcess.script(folder.resolve("windlass"));
        // A limit of the size of files stands for the disk.
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "ulimit -f 64; exec \"$0\" \"$@\"",
                                script.toString(),
                                "compile",
                                WORDS.toString(),
                                "-o",
                                output())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said).startsWith("windlass: ").doesNotContain("\tat ");
        assertThat(folder.toFile().list()).containsExactly("windlass");
    }

    @Test
    void aKilledProcessLeavesNothingThatIsTakenForALibrary() throws Exception {
        for (int delay : new int[] {300, 1500}) {
            Process process =
                    new WindlassProcess("compile", WORDS.toString(), "-o", output()).start();
            Thread.sleep(delay);
            process.destroyForcibly().waitFor();
            if (Files.exists(Path.of(output()))) {
                assertThat(windlass("run", "--precompiled", output(), "x").err())
                        .doesNotContain("damaged");
            }
        }
    }
}
