package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.llvm.CompileOptions.MemoryMode;
import dev.windlass.llvm.artifact.ElfSymbols;
import dev.windlass.llvm.artifact.Lld;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.compile.Output;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Faults of other engines (docs/faults.md) in calls, and in what is made of a module.
final class KnownCallFaultsTest {
    @BeforeAll
    static void thereIsLlvm() {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
    }

    // Calls.

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void recursionInTailPositionIsStillACall(CompileOptions way) {
        String text =
                """
                (module
                  (func $f (export "f") (param i32) (result i32)
                    (call $f (i32.add (local.get 0) (i32.const 1))))
                  (func $g (export "g") (param i32) (call $g (local.get 0))))
                """;
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            for (String name : List.of("f", "g")) {
                Program.assertTraps(
                        TrapKind.CALL_STACK_EXHAUSTED, name, () -> program.call(instance, name, 1));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aMillionTailCallsTakeNoStack(CompileOptions way) {
        String text =
                """
                (module
                  (type $t (func (param i64 i64) (result i64)))
                  (type $u (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)))
                  (table funcref (elem $odd $even))
                  (func $even (export "even") (type $t)
                    (if (i64.eqz (local.get 0)) (then (return (local.get 1))))
                    (return_call_indirect (type $u)
                      (i64.sub (local.get 0) (i64.const 1)) (local.get 1) (i64.const 3) (i64.const 4)
                      (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8) (i64.const 9)
                      (i32.const 0)))
                  (func $odd (type $u)
                    (return_call_indirect (type $t)
                      (i64.sub (local.get 0) (i64.const 1))
                      (i64.add (local.get 1) (local.get 8)) (i32.const 1))))
                """;
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            assertThat(program.call(instance, "even", 1_000_000, 5)).isEqualTo(4_500_005);
        }
    }

    private static final String OWNER =
            """
            (module
              (type $other (func (param f64) (result f64)))
              (type $t (func (result i32)))
              (memory (export "m") 1) (data (i32.const 0) "\\01")
              (global $g (mut i32) (i32.const 10))
              (table (export "t") 3 funcref) (elem (i32.const 0) $mine $float)
              (func $mine (export "mine") (type $t)
                (i32.add (i32.load (i32.const 0)) (global.get $g)))
              (func $float (type $other) (local.get 0))
              (func (export "indirect") (param i32) (result i32)
                (call_indirect (type $t) (local.get 0))))
            """;

    private static final String GUEST =
            """
            (module
              (type $t (func (result i32)))
              (import "o" "t" (table 3 funcref))
              (import "o" "mine" (func $theirs (type $t)))
              (memory 1) (data (i32.const 0) "\\02")
              (global $g (mut i32) (i32.const 20))
              (elem (i32.const 2) $own)
              (func $own (type $t) (i32.add (i32.load (i32.const 0)) (global.get $g)))
              (func (export "direct") (result i32)
                (i32.add (call $theirs) (i32.mul (call $own) (i32.const 100))))
              (func (export "indirect") (param i32) (result i32)
                (i32.add (call_indirect (type $t) (local.get 0))
                  (i32.mul (i32.load (i32.const 0)) (i32.const 1000)))))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aFunctionOfAnotherModuleHasItsOwnMemoryAndGlobals(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance owner = program.instance(OWNER);
            ModuleInstance guest =
                    program.instance(
                            GUEST, Program.export(owner, "t"), Program.export(owner, "mine"));
            assertThat(program.callI32(guest, "direct")).isEqualTo(11 + 2200);
            assertThat(program.callI32(guest, "indirect", 0)).isEqualTo(11 + 2000);
            assertThat(program.callI32(guest, "indirect", 2)).isEqualTo(22 + 2000);
            assertThat(program.callI32(owner, "indirect", 2)).isEqualTo(22);
            Program.assertTraps(
                    TrapKind.INDIRECT_CALL_TYPE_MISMATCH,
                    "another type under the same number",
                    () -> program.call(guest, "indirect", 1));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void exceptionsCrossModulesInEitherDirection(CompileOptions way) {
        String thrower =
                """
                (module (tag $e (export "e") (param i32))
                  (func (export "throw") (param i32) (throw $e (local.get 0))))
                """;
        String catcher =
                """
                (module (import "o" "e" (tag $e (param i32)))
                  (import "o" "throw" (func $throw (param i32)))
                  (tag $mine (param i32))
                  (func (export "catch") (param i32) (result i32)
                    (block $h (result i32)
                      (try_table (catch $mine $h) (catch $e $h) (call $throw (local.get 0)))
                      (i32.const -1))))
                """;
        for (int round = 0; round < 3; round++) {
            try (Program program = new Program(way)) {
                ModuleInstance first = program.instance(thrower);
                ModuleInstance second =
                        program.instance(
                                catcher,
                                Program.export(first, "e"),
                                Program.export(first, "throw"));
                for (int i = 0; i < 100; i++) {
                    assertThat(program.callI32(second, "catch", i)).isEqualTo(i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void memoryThatGrowsInACallIsSeenAfterIt(CompileOptions way) {
        String text =
                """
                (module (memory (export "m") 1)
                  (func $grow (drop (memory.grow (i32.const 40))))
                  (func (export "f") (param i32) (result i32)
                    (i32.store (i32.const 8) (i32.const 1))
                    (call $grow)
                    (i32.store (local.get 0) (i32.const 2))
                    (i32.add (i32.load (i32.const 8))
                      (i32.add (i32.load (local.get 0)) (i32.shl (memory.size) (i32.const 8)))))
                  (func (export "loop") (param i32) (result i32) (local $sum i32)
                    (loop $again
                      (i32.store (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))
                        (local.get 0))
                      (drop (memory.grow (i32.const 1)))
                      (local.set $sum (i32.add (local.get $sum)
                        (i32.load (i32.sub (i32.mul (memory.size) (i32.const 65536))
                          (i32.const 65540)))))
                      (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
                    (local.get $sum)))
                """;
        try (Program program = new Program(way)) {
            ModuleInstance instance = program.instance(text);
            assertThat(program.callI32(instance, "f", 2_600_000)).isEqualTo(3 + (41 << 8));
            assertThat(program.callI32(instance, "loop", 50)).isEqualTo(50 * 51 / 2);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void instancesOfOneLibraryHaveNothingInCommon(CompileOptions way) {
        try (Program program = new Program(way);
                Program elsewhere = new Program(way)) {
            ModuleCode code = program.engine.load(Program.module(OWNER));
            ModuleInstance first = instance(program, code);
            ModuleInstance second = instance(program, code);
            ModuleInstance third = instance(elsewhere, code);
            Raw.putInt(Program.base(first), 5);
            Raw.putInt(Program.base(third), 7);
            assertThat(program.callI32(first, "mine")).isEqualTo(15);
            assertThat(program.callI32(second, "mine")).isEqualTo(11);
            assertThat(elsewhere.callI32(third, "mine")).isEqualTo(17);
        }
    }

    private static ModuleInstance instance(Program program, ModuleCode code) {
        return Instantiation.instantiate(program.store, code, List.of());
    }

    // What is made.

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void theSizeOfAMemoryIsReadWithoutACall(CompileOptions way) {
        Module module =
                Program.module(
                        "(module (memory 1) (func (export \"f\") (result i32) memory.size))");
        String text =
                new String(
                        ModuleCompiler.emit(module, way, Output.IR, p -> {}).getFirst(),
                        StandardCharsets.UTF_8);
        String function = text.substring(text.indexOf("@w.0"));
        assertThat(function.substring(0, function.indexOf("\n}"))).doesNotContain("call ");
    }

    /// Whatever LLVM makes of an instruction, it calls nothing outside, and loading relocates
    /// nothing.
    @ParameterizedTest
    @ValueSource(strings = {"x86_64-linux", "aarch64-linux"})
    void librariesOfAllInstructionsNeedNothingFromOutside(String target) throws IOException {
        StringBuilder text = new StringBuilder("(module (memory 1)\n");
        InstructionCase.all().forEach(c -> text.append(c.text()));
        Module module = Program.module(text + ")");
        for (int level = 0; level <= 2; level += 2) {
            CompileOptions options =
                    CompileOptions.forThisMachine()
                            .forTarget(Target.of(target, null))
                            .withMemoryMode(MemoryMode.EXPLICIT)
                            .atLevel(level);
            byte[] library = Lld.link(ModuleCompiler.compile(module, options, p -> {}).objects());
            assertThat(ElfSymbols.dynamic(library)).containsExactly("windlass_table");
            assertThat(ElfSymbols.hasRelocations(library)).isFalse();
        }
    }

    /// A table of jumps with thousands of targets, and as many blocks.
    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void aHugeFunctionCompilesInTime(CompileOptions way) {
        int count = 1000;
        StringBuilder text =
                new StringBuilder("(module (func (export \"f\") (param i32) (result i32)");
        text.append("(local i32) (local.set 1 (local.get 0))\n")
                .append("(block ".repeat(count))
                .append("(br_table");
        for (int i = 0; i < count; i++) {
            text.append(' ').append(i);
        }
        text.append(" (local.get 0))");
        for (int i = 0; i < count; i++) {
            text.append(
                    ")\n(local.set 1 (i32.add (i32.mul (local.get 1) (i32.const 3)) (i32.const 1)))");
        }
        text.append("(local.get 1)))");
        Assertions.assertTimeout(
                Duration.ofSeconds(40),
                () -> {
                    try (Program program = new Program(way)) {
                        ModuleInstance instance = program.instance(text.toString());
                        assertThat(program.callI32(instance, "f", count - 1))
                                .isEqualTo(3 * 999 + 1);
                        assertThat(program.callI32(instance, "f", count - 2))
                                .isEqualTo(9 * 998 + 4);
                    }
                });
    }

    @Test
    void severalThreadsCompileAndLinkAtATime() throws Exception {
        Callable<Integer> work =
                () -> {
                    try (Program program = new Program(CompileOptions.forThisMachine())) {
                        int sum = 0;
                        for (int i = 0; i < 5; i++) {
                            sum += program.callI32(program.instance(OWNER), "mine");
                        }
                        return sum;
                    }
                };
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> sum : executor.invokeAll(List.of(work, work, work, work))) {
                assertThat(sum.get()).isEqualTo(55);
            }
        }
    }
}
