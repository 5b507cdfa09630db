package dev.windlass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess;
import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as a user meets it: a process, its words, its exit code, its two outputs.
class CommandLineTest {
    private static final String IMPORTS =
            """
              (import "wasi_snapshot_preview1" "args_sizes_get" (func $sizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_sizes_get" (func $esizes (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
              (memory (export "memory") 4)
              (func $print (param $at i32) (param $bytes i32)
                (i32.store (i32.const 0) (local.get $at))
                (i32.store (i32.const 4) (local.get $bytes))
                (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
            """;

    /// Prints its arguments and its environment, each ended by a zero byte.
    private static final String ECHO =
            "(module\n"
                    + IMPORTS
                    + """
                      (func (export "_start")
                        (drop (call $sizes (i32.const 16) (i32.const 20)))
                        (drop (call $args (i32.const 1024) (i32.const 4096)))
                        (call $print (i32.const 4096) (i32.load (i32.const 20)))
                        (drop (call $esizes (i32.const 16) (i32.const 20)))
                        (drop (call $environ (i32.const 1024) (i32.const 4096)))
                        (call $print (i32.const 4096) (i32.load (i32.const 20)))))
                    """;

    @TempDir Path folder;
    private String echo = "";

    @BeforeEach
    void writeEcho() throws IOException {
        echo = module("echo.wat", ECHO);
    }

    private String module(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private String program(String name, String start) throws IOException {
        return module(name, "(module\n" + IMPORTS + "(func (export \"_start\") " + start + "))");
    }

    private static Result windlass(String... words) throws Exception {
        return new WindlassProcess(words).run();
    }

    private static void assertUsage(String said, String... words) throws Exception {
        Result result = windlass(words);
        assertThat(result.exit()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(said);
        assertThat(result.text()).isEmpty();
    }

    @Test
    void passesEverythingAfterTheModuleToTheProgram() throws Exception {
        Result result = windlass("run", echo, "--env", "A=1", "--", "-x", "--help", "");
        assertThat(result.text()).isEqualTo(echo + "\0--env\0A=1\0--\0-x\0--help\0\0");
        assertThat(result.err()).isEmpty();
        assertThat(result.exit()).isZero();
    }

    @Test
    void takesOneDoubleDashBeforeTheModule() throws Exception {
        assertThat(windlass("run", "--env=A=1", "--", echo, "--", "b").text())
                .isEqualTo(echo + "\0--\0b\0A=1\0");
    }

    @Test
    void runsWithoutSayingRun() throws Exception {
        assertThat(windlass(echo, "validate", "--version").text())
                .isEqualTo(echo + "\0validate\0--version\0");
        assertThat(windlass("--argv0", "me", echo).text()).isEqualTo("me\0");
    }

    @Test
    void setsTheEnvironmentThatIsGivenAndNoOther() throws Exception {
        assertThat(windlass("run", "--argv0=x", "--env", "A=b=c", "--env", "E=", echo).text())
                .isEqualTo("x\0A=b=c\0E=\0");
        assertThat(windlass("run", "--argv0=x", "--env", "PATH", echo).text())
                .isEqualTo("x\0PATH=" + System.getenv("PATH") + "\0");
        assertThat(windlass("run", "--argv0=x", "--env", "NOT_SET_ANYWHERE", echo).text())
                .isEqualTo("x\0");
    }

    @Test
    void exitsWithTheProgramsCode() throws Exception {
        assertThat(windlass(program("three.wat", "(call $exit (i32.const 3))")).exit())
                .isEqualTo(3);
        assertThat(windlass(program("all.wat", "(call $exit (i32.const 255))")).exit())
                .isEqualTo(255);
        assertThat(windlass(program("zero.wat", "(call $exit (i32.const 0)) unreachable")).exit())
                .isZero();
    }

    @Test
    void reportsATrapWithItsBacktrace() throws Exception {
        String file =
                module(
                        "trap.wat",
                        """
                        (module $app
                          (func $deep (drop (i32.div_u (i32.const 1) (i32.const 0))))
                          (func $main (export "_start") call $deep))
                        """);
        Result result = windlass(file);
        assertThat(result.exit()).isEqualTo(134);
        assertThat(result.err())
                .contains("trap: integer divide by zero")
                .containsSubsequence("at app!deep (function 0)", "at app!main (function 1)");
        assertThat(result.text()).isEmpty();
    }

    @Test
    void stopsRecursionAndUncaughtExceptions() throws Exception {
        String deep = module("deep.wat", "(module (func $f (export \"_start\") call $f))");
        Result result = windlass("run", "--stack-size", "64K", deep);
        assertThat(result.exit()).isEqualTo(134);
        assertThat(result.err()).contains("call stack exhausted").contains("more");
        Result thrown =
                windlass(
                        module("t.wat", "(module (tag $t) (func (export \"_start\") (throw $t)))"));
        assertThat(thrown.exit()).isEqualTo(134);
        assertThat(thrown.err()).contains("uncaught WebAssembly exception").doesNotContain("\tat ");
    }

    @Test
    void refusesCommandLinesThatMakeNoSense() throws Exception {
        assertUsage("no module given", "run");
        assertUsage("unknown option '--nonsense'", "run", "--nonsense", echo);
        assertUsage("--fuel", "run", "--fuel", "many", echo);
        assertUsage("--timeout takes a time", "run", "--timeout", "soon", echo);
        assertUsage("--dir takes HOST or HOST::GUEST", "run", "--dir", "a::b::c", echo);
        assertUsage("unknown feature 'flying'", "run", "--disable", "flying", echo);
        assertUsage("there are: interpreter", "run", "--engine", "steam", echo);
        assertUsage("--max-memory takes a size", "run", "--max-memory=-1", echo);
        assertUsage("--tcplisten takes HOST:PORT", "run", "--tcplisten", "80", echo);
        assertUsage("Unknown option", "validate", "--nonsense", echo);
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        Result missing = windlass(folder.resolve("no such.wasm").toString());
        assertThat(missing.exit()).isEqualTo(1);
        assertThat(missing.err()).contains("no such.wasm").contains("no such file");
        assertThat(windlass(folder.toString()).err()).contains("it is a folder");

        Path damaged = folder.resolve("damaged.wasm");
        Files.write(damaged, new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0, 1, 99});
        Result malformed = windlass("run", damaged.toString());
        assertThat(malformed.exit()).isEqualTo(1);
        assertThat(malformed.err())
                .contains("damaged.wasm")
                .contains("at offset 0x")
                .contains("build or download it again");

        Files.write(damaged, new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
        assertThat(windlass(damaged.toString()).err()).contains("this is a component");

        Result text = windlass(module("bad.wat", "(module\n  (func i32.bad))"));
        assertThat(text.exit()).isEqualTo(1);
        assertThat(text.err()).contains("at line 2, column");

        Result library = windlass(module("lib.wat", "(module (func (export \"f\")))"));
        assertThat(library.exit()).isEqualTo(1);
        assertThat(library.err()).contains("--invoke");

        Result unknown = windlass(module("i.wat", "(module (import \"a\" \"b\" (func)))"));
        assertThat(unknown.exit()).isEqualTo(1);
        assertThat(unknown.err()).contains("unknown import").contains("'b' of 'a'");

        Result dir = windlass("run", "--dir", folder.resolve("none").toString(), echo);
        assertThat(dir.exit()).isEqualTo(1);
        assertThat(dir.err()).contains("does not exist");
    }

    @Test
    void invokesAnExportWithTypedArguments() throws Exception {
        String file =
                module(
                        "f.wat",
                        """
                        (module
                          (func (export "sum") (param i32 i64 f64) (result f64)
                            (f64.add (f64.convert_i32_s (local.get 0))
                              (f64.add (f64.convert_i64_s (local.get 1)) (local.get 2))))
                          (func (export "two") (result i32 i64) i32.const -1 i64.const 2)
                          (global $ready (mut i32) (i32.const 0))
                          (func (export "_initialize") (global.set $ready (i32.const 7)))
                          (func (export "ready") (result i32) (global.get $ready)))
                        """);
        assertThat(windlass("run", "--invoke", "sum", file, "-1", "i64:0x10", "f64:.5").text())
                .isEqualTo("15.5\n");
        assertThat(windlass("run", "--invoke", "two", file).text()).isEqualTo("-1\n2\n");
        assertThat(windlass("run", "--invoke", "ready", file).text()).isEqualTo("7\n");
        assertUsage("it takes 3 arguments", "run", "--invoke", "sum", file, "1");
        assertUsage("not a number of type i32", "run", "--invoke", "sum", file, "x", "1", "1");
        assertUsage("should be of type i32", "run", "--invoke", "sum", file, "i64:1", "1", "1");
        assertThat(windlass("run", "--invoke", "none", file).exit()).isEqualTo(1);
    }

    @Test
    void endsALoopAndABlockedReadInTime() throws Exception {
        String loop = module("loop.wat", "(module (func (export \"_start\") (loop (br 0))))");
        inTime(new WindlassProcess("run", "--timeout", "500ms", loop));
        String read =
                program(
                        "read.wat",
                        """
                        (i32.store (i32.const 0) (i32.const 64))
                        (i32.store (i32.const 4) (i32.const 1))
                        (drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))
                        """);
        inTime(new WindlassProcess("run", "--timeout", "500ms", read).withOpenStdin());
    }

    /// The machine may be busy, so only the order of magnitude is checked here.
    private static void inTime(WindlassProcess windlass) throws Exception {
        Result result = windlass.withLimit(Duration.ofSeconds(30)).run();
        assertThat(result.exit()).isEqualTo(134);
        assertThat(result.err()).contains("the time limit (500.0 ms) is over");
    }

    @Test
    void limitsFuelAndMemory() throws Exception {
        String loop = module("loop.wat", "(module (func (export \"_start\") (loop (br 0))))");
        Result fuel = windlass("run", "--fuel", "100000", loop);
        assertThat(fuel.exit()).isEqualTo(134);
        assertThat(fuel.err()).contains("all fuel consumed");
        String grow =
                module(
                        "grow.wat",
                        """
                        (module (memory 1) (func (export "grow") (param i32) (result i32)
                          (memory.grow (local.get 0))))
                        """);
        assertThat(windlass("run", "--max-memory", "32M", "--invoke", "grow", grow, "1000").text())
                .isEqualTo("-1\n");
        assertThat(windlass("run", "--max-memory", "32M", "--invoke", "grow", grow, "10").text())
                .isEqualTo("1\n");
    }

    @Test
    void reportsWhatARunTook() throws Exception {
        String grow =
                module(
                        "grow.wat",
                        """
                        (module (memory 1) (func (export "_start")
                          (drop (memory.grow (i32.const 159)))))
                        """);
        Result result = windlass("run", "--stats", "--fuel", "1000", grow);
        assertThat(result.exit()).isZero();
        assertThat(result.err())
                .containsPattern("windlass: engine: \\w+")
                .containsPattern("windlass: load and validate: [0-9.]+ ms")
                .containsPattern("windlass: instantiate: [0-9.]+ ms")
                .containsPattern("windlass: run: [0-9.]+ ms")
                .contains("windlass: fuel: 4 used");
        Matcher memory =
                Pattern.compile("windlass: memory: ([0-9.]+) MiB at most").matcher(result.err());
        assertThat(memory.find()).as(result.err()).isTrue();
        assertThat(Double.parseDouble(memory.group(1))).isBetween(10.0, 60.0);

        String loop = module("loop.wat", "(module (func (export \"_start\") (loop (br 0))))");
        assertThat(windlass("run", "--stats", "--fuel", "5000", loop).err())
                .contains("windlass: fuel: 5000 used");
        assertThat(windlass("run", "--stats", grow).err()).doesNotContain("fuel");
    }

    @Test
    void translatesBetweenTheFormats() throws Exception {
        String text = module("add.wat", "(module (func (export \"f\") (result i32) i32.const 5))");
        String binary = folder.resolve("add.wasm").toString();
        assertThat(windlass("wat2wasm", text, "-o", binary).exit()).isZero();
        assertThat(windlass("run", "--invoke", "f", binary).text()).isEqualTo("5\n");
        Result printed = windlass("wasm2wat", binary);
        assertThat(printed.text()).contains("i32.const 5");
        String again = module("again.wat", printed.text());
        assertThat(windlass("run", "--invoke", "f", again).text()).isEqualTo("5\n");
        assertThat(windlass("validate", text, binary, again).exit()).isZero();
        assertThat(windlass("inspect", binary).text())
                .contains("a library")
                .contains("f func [] -> [i32]");
    }

    @Test
    void runsTestScripts() throws Exception {
        Files.writeString(
                folder.resolve("good.wast"),
                """
                (module (func (export "f") (result i32) i32.const 1))
                (assert_return (invoke "f") (i32.const 1))
                """);
        Result good = windlass("wast", folder.toString());
        assertThat(good.text()).endsWith("1 passed, 0 failed, 0 skipped\n");
        assertThat(good.exit()).isZero();
        Files.writeString(
                folder.resolve("wrong.wast"),
                """
                (module (func (export "f") (result i32) i32.const 1))
                (assert_return (invoke "f") (i32.const 2))
                """);
        Result wrong = windlass("wast", folder.toString());
        assertThat(wrong.text()).contains("wrong.wast: FAILED line 2").endsWith("skipped\n");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(windlass("wast", folder.resolve("none.wast").toString()).exit()).isEqualTo(1);
    }

    @Test
    void helpsItself() throws Exception {
        assertThat(windlass("--version").text()).matches("windlass \\d\\S+\n");
        assertThat(windlass("--help").text()).contains("validate").contains("Examples:");
        Result run = windlass("run", "--help");
        assertThat(run.exit()).isZero();
        for (RunOption option : RunOption.values()) {
            assertThat(run.text()).contains(option.text());
        }
        assertThat(windlass("completion").text()).contains("complete -F");
        Result doctor = windlass("doctor");
        assertThat(doctor.text()).contains("interpreter").containsPattern("self-test +passed");
        assertThat(doctor.exit()).isZero();
    }
}
