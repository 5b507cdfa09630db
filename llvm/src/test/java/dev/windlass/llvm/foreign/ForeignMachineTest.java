package dev.windlass.llvm.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.CompileOptions.MemoryMode;
import dev.windlass.llvm.Compiler;
import dev.windlass.llvm.TailCallChain;
import dev.windlass.llvm.Target;
import dev.windlass.runtime.TrapKind;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatParser;
import dev.windlass.wasm.text.WatPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Code for 64-bit Arm, run by an emulator from a driver in C that stands for the Java side.
final class ForeignMachineTest {
    private static final String CC = "aarch64-linux-gnu-gcc";
    private static final String EMULATOR = "qemu-aarch64";
    private static final String DISASSEMBLER = "aarch64-linux-gnu-objdump";

    /// Where the emulated program finds its C library.
    private static final String SYSROOT = "/usr/aarch64-linux-gnu";

    /// What the normal build runs.
    private static final Set<String> NORMAL = Set.of("fib", "fannkuch", "qsort", "matmul");

    @TempDir Path folder = Path.of("");

    /// Programs of [the benchmarks](file:bench/README.md): compiled from C by way of WebAssembly they
    /// print what they print when compiled from C.
    @ParameterizedTest
    @CsvSource({
        "base64, 1, 0", "bigint, 20, 1", "chacha20, 2, 2", "fannkuch, 7, 0",
        "fib, 24, 1", "hashmap, 100000, 2", "json, 1, 0", "lz, 1, 1",
        "mandelbrot, 60, 2", "match, 1, 2", "matmul, 80, 0", "nbody, 20000, 1",
        "qsort, 50000, 2", "sha256, 1, 1", "sieve, 1, 1", "spectralnorm, 80, 2"
    })
    void aProgramPrintsWhatItPrintsFromC(String name, String work, int level) throws Exception {
        assumeTools();
        boolean isAsked = Boolean.getBoolean("windlass.long") || NORMAL.contains(name);
        assumeTrue(isAsked, "only with -Dwindlass.long=true");
        Path bench = testdata().resolve("bench");
        Path wasm = bench.resolve("wasm").resolve(name + ".wasm");
        assumeTrue(Files.exists(wasm), "no test data: " + wasm);
        Module module = ModuleReader.read(Files.readAllBytes(wasm), Features.ALL);
        Files.write(folder.resolve("module.wasm"), module.bytes());
        compile(module, level);
        Path source = bench.resolve("src").resolve(name + ".c");
        String reference = folder.resolve("reference").toString();
        run(CC, "-O1", "-static", "-o", reference, source.toString(), "-lm");
        String expected = run(EMULATOR, reference, work);
        assertThat(expected).startsWith(name + " " + work + " ");
        assertThat(drive(module, "_start", name, work)).isEqualTo(expected);
    }

    /// Traps, vectors and atomics, which the programs do not use.
    @Test
    void everyTrapIsAtItsPlace() throws Exception {
        assumeTools();
        String[][] bodies = {
            {"unreachable", "UNREACHABLE", "unreachable"},
            {"(drop (i32.load (i32.const 65536)))", "MEMORY_OUT_OF_BOUNDS", "i32.load"},
            {
                "(i64.store offset=65529 (i32.const 0) (i64.const 1))",
                "MEMORY_OUT_OF_BOUNDS",
                "i64.store"
            },
            {"(drop (v128.load (i32.const -1)))", "MEMORY_OUT_OF_BOUNDS", "v128.load"},
            {
                "(drop (i32.atomic.rmw.add (i32.const 1) (i32.const 1)))",
                "UNALIGNED_ATOMIC",
                "atomic"
            },
            {
                "(drop (i32.div_s (i32.const 1) (i32.load (i32.const 0))))",
                "INTEGER_DIVIDE_BY_ZERO",
                "div"
            },
            {"(drop (i32.trunc_f64_s (f64.load (i32.const 8))))", "INVALID_CONVERSION", "trunc"},
            {"(call_indirect (i32.const 5))", "UNDEFINED_ELEMENT", "call_indirect"},
            {"(call_indirect (i32.const 1))", "UNINITIALIZED_ELEMENT", "call_indirect"},
            {
                "(call_indirect (param i32) (i32.const 0) (i32.const 0))",
                "INDIRECT_CALL_TYPE_MISMATCH",
                "call_indirect"
            },
            {"(call $deep)", "CALL_STACK_EXHAUSTED", "deep"}
        };
        for (String[] body : bodies) {
            String text =
                    """
                    (module (memory 1) (table 2 funcref) (elem (i32.const 0) func $deep)
                      (data (i32.const 8) "\\00\\00\\00\\00\\00\\00\\f8\\7f")
                      (func $deep (call $deep) (call $deep))
                      (func (export "_start") %s))
                    """
                            .formatted(body[0]);
            Module module = WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
            Files.write(folder.resolve("module.wasm"), module.bytes());
            compile(module, 1);
            assertThat(drive(module, "_start"))
                    .as(body[2])
                    .isEqualTo(
                            "status 1, trap %d at %d%n"
                                    .formatted(
                                            TrapKind.valueOf(body[1]).code(),
                                            offset(module, body[2])));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void chainsOfTailCallsNeedNoStack(int level) throws Exception {
        assumeTools();
        Module module =
                WatParser.parseModule(TailCallChain.TEXT, Features.ALL).validated(Features.ALL);
        Files.write(folder.resolve("module.wasm"), module.bytes());
        compile(module, level);
        assertThat(drive(module, "_start")).isEmpty();
    }

    /// A function that is left has saved registers that it used, which the handler needs.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void exceptionsComeToTheirHandlersAndRegistersStayAsTheyWere(int level) throws Exception {
        assumeTools();
        StringBuilder locals = new StringBuilder();
        StringBuilder load = new StringBuilder();
        StringBuilder sum = new StringBuilder("(i64.const 0)");
        for (int i = 0; i < 12; i++) {
            String read = "(i32.load (i32.const %d))".formatted(4 * i);
            locals.append("(local $i%d i64) (local $f%d f64)".formatted(i, i));
            load.append("(local.set $i%d (i64.extend_i32_u %s))".formatted(i, read));
            load.append("(local.set $f%d (f64.convert_i32_u %s))".formatted(i, read));
            sum.append("(i64.add (local.get $i%d))".formatted(i));
            sum.append("(i64.add (i64.trunc_f64_u (local.get $f%d)))".formatted(i));
        }
        String text =
                """
                (module (memory 1)
                  (data (i32.const 0) "\\01\\00\\00\\00\\02\\00\\00\\00\\03\\00\\00\\00")
                  (tag $e (param i32 f64)) (tag $f)
                  (func $raise (param $n i32)
                    (if (i32.eq (local.get $n) (i32.const 1))
                      (then (throw $e (i32.const 5) (f64.const 2.5))))
                    (if (i32.eq (local.get $n) (i32.const 2)) (then (throw $f))))
                  (func $other (param $n i32) (result i64) LOCALS
                    (i32.store (i32.const 40) (i32.const 100)) LOAD
                    (i32.store (i32.const 40) (i32.const 0))
                    (call $raise (local.get $n)) SUM)
                  (func $wide (param i32 i64 i32 i64 i32 i64 f32 i32) (result i64)
                    (call $other (local.get 7)))
                  (func $again (param $n i32) (result i64)
                    (block $h (result exnref)
                      (return (try_table (result i64) (catch_all_ref $h)
                        (call $wide (i32.const 0) (i64.const 0) (i32.const 0) (i64.const 0)
                          (i32.const 0) (i64.const 0) (f32.const 0) (local.get $n)))))
                    (throw_ref))
                  (func $caught (param $n i32) (result i64) LOCALS (local $r i64) LOAD
                    (block $f (block $e (result i32 f64)
                      (local.set $r (try_table (result i64) (catch $e $e) (catch_all $f)
                        (call $again (local.get $n))))
                      (return (i64.add (local.get $r) SUM)))
                      (local.set $r (i64.trunc_f64_u (f64.mul (f64.const 1000))))
                      (return (i64.add (i64.add (i64.extend_i32_u) (local.get $r)) SUM)))
                    (i64.sub (i64.const 0) SUM))
                  (func $expect (param i64 i64)
                    (if (i64.ne (local.get 0) (local.get 1)) (then unreachable)))
                  (func (export "_start")
                    (call $expect (call $caught (i32.const 0)) (i64.const 224))
                    (call $expect (call $caught (i32.const 1)) (i64.const 2517))
                    (call $expect (call $caught (i32.const 2)) (i64.const -12))
                    (drop (call $again (i32.const 2)))))
                """
                        .replace("LOCALS", locals)
                        .replace("LOAD", load)
                        .replace("SUM", sum);
        Module module = WatParser.parseModule(text, Features.ALL).validated(Features.ALL);
        Files.write(folder.resolve("module.wasm"), module.bytes());
        compile(module, level);
        assertThat(drive(module, "_start")).isEqualTo("status 3, trap 0 at 0%n".formatted());
    }

    /// Where an instruction is; a function's start is the place where its stack is found too small.
    private static int offset(Module module, String instruction) {
        if (instruction.equals("deep")) {
            return WatPrinter.function(module, 0).get(1).offset();
        }
        return WatPrinter.function(module, 1).stream()
                .filter(line -> line.text().contains(instruction))
                .findFirst()
                .orElseThrow()
                .offset();
    }

    private void compile(Module module, int level) throws IOException, InterruptedException {
        CompileOptions options =
                CompileOptions.forThisMachine()
                        .atLevel(level)
                        .withMemoryMode(MemoryMode.EXPLICIT)
                        .forTarget(Target.of("aarch64-linux", null));
        Compiler compiler = new Compiler(options, Compiler.Progress.NONE);
        Path library = folder.resolve("module.so");
        compiler.write(module, library);
        assertThat(Objects.requireNonNull(compiler.report()).interpreted()).isEmpty();
        assertThat(run(DISASSEMBLER, "-d", "--no-show-raw-insn", library.toString()))
                .contains("file format elf64-littleaarch64", "<wl_enter>:", "ret")
                .doesNotContain("undefined");
    }

    /// What the driver printed.
    private String drive(Module module, String start, String... arguments) throws Exception {
        Files.writeString(folder.resolve("module.h"), ModuleHeader.of(module, start));
        try (InputStream driver = ForeignMachineTest.class.getResourceAsStream("driver.c")) {
            Files.write(folder.resolve("driver.c"), Objects.requireNonNull(driver).readAllBytes());
        }
        String program = folder.resolve("driver").toString();
        run(CC, "-O1", "-w", "-o", program, folder.resolve("driver.c").toString(), "-ldl");
        List<String> words =
                new ArrayList<>(
                        List.of(
                                EMULATOR,
                                "-L",
                                SYSROOT,
                                program,
                                folder.resolve("module.so").toString(),
                                folder.resolve("module.wasm").toString()));
        // The first argument is the module, as the program's name.
        Stream.of(arguments).skip(1).forEach(words::add);
        return output(words);
    }

    private static void assumeTools() {
        for (String tool : List.of(CC, EMULATOR, DISASSEMBLER)) {
            boolean isThere =
                    Stream.of("/usr/bin", "/usr/local/bin")
                            .anyMatch(f -> Files.isExecutable(Path.of(f, tool)));
            assumeTrue(isThere, tool + " is not installed");
        }
    }

    private static Path testdata() {
        String named = System.getenv("WINDLASS_TESTDATA");
        return named != null
                ? Path.of(named)
                : Path.of(System.getProperty("windlass.root", "."), "../shared/testdata");
    }

    private static String run(String... words) throws IOException, InterruptedException {
        return output(List.of(words));
    }

    private static String output(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertThat(status == 0 || output.startsWith("status ")).as(words + "\n" + output).isTrue();
        return output;
    }
}
