package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.Extern;
import dev.windlass.runtime.GlobalInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.GuestFrame;
import dev.windlass.runtime.LinkException;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compiled code pays for its instructions as the interpreter does: with the same fuel the same
/// program stops at the same place, with the same rest, and leaves the same behind.
final class FuelTest {
    private static final String CONTROL =
            """
            (module
              (import "host" "next" (func $next (param i32) (result i32)))
              (memory (export "m") 1)
              (table funcref (elem $double $odd $fib))
              (type $unary (func (param i32) (result i32)))
              (global $g (export "g") (mut i32) (i32.const 0))
              (func $double (param i32) (result i32) (i32.shl (local.get 0) (i32.const 1)))
              (func $odd (param i32) (result i32)
                (if (i32.eqz (i32.and (local.get 0) (i32.const 1))) (then (return (i32.const 0))))
                (i32.const 1))
              (func $fib (param i32) (result i32)
                (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
                  (then (local.get 0))
                  (else
                    (i32.add
                      (call $fib (i32.sub (local.get 0) (i32.const 1)))
                      (call $fib (i32.sub (local.get 0) (i32.const 2)))))))
              (func (export "loops") (param i32) (result i32) (local $sum i32) (local $k i32)
                (block $out
                  (loop $again
                    (br_if $out (i32.eqz (local.get 0)))
                    (local.set $k (i32.const 3))
                    (loop $inner
                      (global.set $g (i32.add (global.get $g) (i32.const 1)))
                      (local.set $sum (i32.add (local.get $sum) (local.get $k)))
                      (br_if $inner (local.tee $k (i32.sub (local.get $k) (i32.const 1)))))
                    (if (i32.and (local.get 0) (i32.const 1))
                      (then (i32.store (i32.shl (local.get 0) (i32.const 2)) (local.get $sum))))
                    (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                    (br $again)))
                (block (nop))
                (block (result i32) (local.get $sum)))
              (func (export "cases") (param i32) (result i32) (local i32)
                (loop $all
                  (block $three (block $two (block $one
                    (br_table $one $two $one $three
                      (i32.rem_u (local.get 0) (i32.const 4))))
                    (local.set 1 (i32.add (local.get 1) (i32.const 1)))
                    (br $three))
                    (local.set 1 (i32.mul (local.get 1) (i32.const 3))) (nop))
                  (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                  (br_if $all (i32.gt_s (local.get 0) (i32.const 0))))
                (local.get 1))
              (func (export "calls") (param i32) (result i32)
                (i32.add
                  (call_indirect (type $unary) (local.get 0)
                    (i32.rem_u (local.get 0) (i32.const 3)))
                  (i32.add (call $next (local.get 0)) (call $fib (local.get 0)))))
              (func (export "dead") (param i32) (result i32)
                (block $a (result i32)
                  (block $b
                    (br $a (call $double (local.get 0)))
                    (if (i32.const 1) (then (nop)) (else (unreachable)))
                    (loop (br 0)))
                  (unreachable)
                  (block (nop))))
              (func (export "void") (param i32) (result i32)
                (if (local.get 0) (then (return (i32.const 7))))
                (block (br_if 0 (i32.const 1)) (unreachable))
                (i32.const 8))
              (func (export "bulk") (param i32) (result i32)
                (memory.fill (i32.const 100) (local.get 0) (i32.const 200))
                (memory.copy (i32.const 500) (i32.const 100) (i32.const 200))
                (drop (memory.grow (i32.const 0)))
                (i32.load (i32.const 500)))
              (func (export "divide") (param i32) (result i32)
                (global.set $g (i32.const 77))
                (i32.div_u (i32.const 1000) (i32.sub (local.get 0) (i32.const 3))))
              (func (export "outside") (param i32) (result i32)
                (i32.store (i32.const 8) (local.get 0))
                (drop (i32.load (i32.const 70000)))
                (i32.const 0)))
            """;

    private static final String EXCEPTIONS =
            """
            (module
              (import "host" "next" (func $next (param i32) (result i32)))
              (memory (export "m") 1)
              (tag $t (param i32))
              (tag $u)
              (global $g (export "g") (mut i32) (i32.const 0))
              (func $throws (param i32) (result i32)
                (if (i32.and (local.get 0) (i32.const 1))
                  (then (throw $t (local.get 0))))
                (if (i32.and (local.get 0) (i32.const 2)) (then (throw $u)))
                (call $next (local.get 0)))
              (func (export "caught") (param i32) (result i32)
                (block $all
                  (block $one (result i32)
                    (try_table (result i32) (catch $t $one) (catch_all $all)
                      (call $throws (local.get 0)))
                    (i32.add (i32.const 1))
                    (return))
                  (global.set $g)
                  (return (global.get $g)))
                (i32.const 99))
              (func (export "never") (param i32) (result i32)
                (block $one (result i32)
                  (try_table (catch $t $one) (nop) (local.set 0 (i32.const 4)))
                  (local.get 0)))
              (func (export "again") (param i32) (result i32)
                (block $one (result exnref)
                  (try_table (catch_all_ref $one) (drop (call $throws (local.get 0))))
                  (return (i32.const 0)))
                (throw_ref)))
            """;

    private static final String LEGACY =
            """
            (module
              (import "host" "next" (func $next (param i32) (result i32)))
              (memory (export "m") 1)
              (tag $t (param i32))
              (global $g (export "g") (mut i32) (i32.const 0))
              (func $throws (param i32) (result i32)
                (if (i32.and (local.get 0) (i32.const 1)) (then (throw $t (local.get 0))))
                (local.get 0))
              (func (export "caught") (param i32) (result i32)
                (try (result i32)
                  (do (call $throws (local.get 0)))
                  (catch $t (i32.add (i32.const 5)))
                  (catch_all (i32.const 6))))
              (func (export "nested") (param i32) (result i32)
                (try $outer (result i32)
                  (do
                    (try (result i32)
                      (do (try (result i32) (do (call $throws (local.get 0))) (delegate $outer)))
                      (catch_all (i32.const 1))))
                  (catch $t (global.set $g) (rethrow $outer))))
              (func (export "never") (param i32) (result i32)
                (try (do (nop)) (catch $t (drop) (nop)))
                (try (do (local.set 0 (i32.const 1))))
                (local.get 0)))
            """;

    private static final String TAIL_CALLS =
            """
            (module
              (import "host" "next" (func $next (param i32) (result i32)))
              (memory (export "m") 1)
              (type $unary (func (param i32) (result i32)))
              (table funcref (elem $even $odd $next))
              (global $g (export "g") (mut i32) (i32.const 0))
              (func $even (export "even") (param i32) (result i32)
                (global.set $g (local.get 0))
                (if (i32.eqz (local.get 0)) (then (return (i32.const 1))))
                (return_call $odd (i32.sub (local.get 0) (i32.const 1))))
              (func $odd (param i32) (result i32)
                (if (i32.eqz (local.get 0)) (then (return (i32.const 0))))
                (return_call_indirect (type $unary)
                  (i32.sub (local.get 0) (i32.const 1)) (i32.const 0)))
              (func (export "host") (param i32) (result i32)
                (return_call $next (local.get 0))))
            """;

    /// A program on one engine.
    private static final class Run implements AutoCloseable {
        private final Program program;
        private final ModuleInstance instance;
        private final List<String> exports = new ArrayList<>();
        private final List<String> lines = new ArrayList<>();

        /// Whether compiled code made the last call of the host.
        private boolean isNative;

        Run(CompileOptions options, String text) {
            program = new Program(options);
            Module module = Program.module(text);
            List<Extern> imports = new ArrayList<>();
            for (Import i : module.imports()) {
                imports.add(
                        program.store.newHostFunction(
                                module.defType(module.functionTypeIndex(i.index())),
                                (store, caller, slots) -> next(slots)));
            }
            instance = program.instance(text, imports.toArray(Extern[]::new));
            module.exports().stream()
                    .filter(e -> e.kind() == dev.windlass.wasm.ExternKind.FUNC)
                    .forEach(e -> exports.add(e.name()));
        }

        private void next(long slots) {
            isNative = Raw.getLong(program.store.state() + StoreState.OUTER_SP) != 0;
            int argument = Slots.getI32(slots, 0);
            lines.add("host " + argument + " with " + program.store.fuel());
            Slots.putI32(slots, 0, argument + 1);
        }

        /// Calls every function with ever more fuel, until it is enough.
        List<String> lines() {
            for (String export : exports) {
                for (int argument = 0; argument < 6; argument++) {
                    for (int fuel = 0; call(export, argument, fuel); fuel++) {}
                }
            }
            return lines;
        }

        private boolean call(String export, int argument, int fuel) {
            program.store.fuel(fuel);
            TrapKind kind = null;
            String outcome;
            try {
                outcome = "" + program.callI32(instance, export, argument);
            } catch (Trap trap) {
                kind = trap.kind();
                outcome = trap.getMessage() + places(trap);
            } catch (GuestException e) {
                outcome = "throws " + e.exception().slots().length;
            }
            long global = Raw.getLong(((GlobalInstance) Program.export(instance, "g")).cell());
            MemoryInstance memory = (MemoryInstance) Program.export(instance, "m");
            long hash = 0;
            for (long at = 0; at < 1000; at += 8) {
                hash = 31 * hash + Raw.getLong(memory.base() + at);
            }
            lines.add(
                    "%s(%d) with %d: %s, left %d, state %x %x"
                            .formatted(
                                    export,
                                    argument,
                                    fuel,
                                    outcome,
                                    program.store.fuel(),
                                    global & 0xFFFF_FFFFL,
                                    hash));
            return kind == TrapKind.OUT_OF_FUEL;
        }

        private static String places(Trap trap) {
            return trap.frames().stream()
                    .map((GuestFrame f) -> " at " + f.function() + "+" + f.offset())
                    .collect(Collectors.joining());
        }

        @Override
        public void close() {
            program.close();
        }
    }

    private static List<String> lines(CompileOptions options, String text) {
        try (Run run = new Run(options, text)) {
            return run.lines();
        }
    }

    /// Every level in every memory mode, then mixed with the interpreter.
    static Stream<CompileOptions> ways() {
        CompileOptions here = CompileOptions.forThisMachine();
        return Stream.concat(
                Program.ways().map(CompileOptions::countingFuel),
                Stream.of(1L, 2L, 3L).map(seed -> here.mixed(seed).countingFuel()));
    }

    /// Code that does not count leaves everything to the interpreter.
    @ParameterizedTest
    @MethodSource("ways")
    void enginesPayAlike(CompileOptions way) {
        for (String text : List.of(CONTROL, EXCEPTIONS, LEGACY, TAIL_CALLS)) {
            List<String> expected = lines(CompileOptions.forThisMachine(), text);
            assertThat(expected).hasSizeGreaterThan(100);
            assertThat(lines(way, text)).isEqualTo(expected);
        }
    }

    @Test
    void codeThatCountsRunsNatively() {
        CompileOptions here = CompileOptions.forThisMachine();
        for (CompileOptions options : List.of(here, here.countingFuel())) {
            try (Run run = new Run(options, CONTROL)) {
                run.program.store.fuel(1000);
                run.program.callI32(run.instance, "calls", 1);
                assertThat(run.isNative).isEqualTo(options.countsFuel());
            }
        }
    }

    @Test
    void codeThatCountsRunsWhereNothingIsCounted() {
        CompileOptions counting = CompileOptions.forThisMachine().countingFuel();
        try (Run run = new Run(counting, CONTROL)) {
            assertThat(run.program.store.hasFuel()).isFalse();
            assertThat(run.program.callI32(run.instance, "calls", 10)).isPositive();
        }
    }

    /// Else code that counts could call code that does not.
    @Test
    void aStoreHasOneKindOfCode() {
        LlvmEngine counting = engine(CompileOptions.forThisMachine().countingFuel());
        LlvmEngine free = engine(CompileOptions.forThisMachine());
        String text = "(module (func (export \"f\")))";
        for (LlvmEngine first : List.of(counting, free)) {
            LlvmEngine second = first == counting ? free : counting;
            try (RuntimeStore store = new RuntimeStore(first, StoreLimits.DEFAULT)) {
                Program one = new Program(first, store);
                Program two = new Program(second, store);
                one.instance(text);
                one.instance(text);
                assertThatThrownBy(() -> two.instance(text))
                        .isInstanceOf(LinkException.class)
                        .hasMessageContaining("compile both alike");
                one.instance(text);
            }
        }
    }

    private static LlvmEngine engine(CompileOptions options) {
        return new LlvmEngine(new Compiler(options, Compiler.Progress.NONE));
    }

    @Test
    void aHostFunctionMayGiveMore() {
        String text =
                """
                (module (import "host" "next" (func $next (param i32) (result i32)))
                  (memory (export "m") 1) (global (export "g") (mut i32) (i32.const 0))
                  (func (export "f") (param i32) (result i32)
                    (loop
                      (br_if 0 (i32.lt_u (local.tee 0 (call $next (local.get 0)))
                        (i32.const 1000))))
                    (local.get 0)))
                """;
        List<Long> rests = new ArrayList<>();
        for (CompileOptions options :
                List.of(
                        CompileOptions.forThisMachine(),
                        CompileOptions.forThisMachine().countingFuel())) {
            try (Program program = new Program(options)) {
                Module module = Program.module(text);
                Extern next =
                        program.store.newHostFunction(
                                module.defType(module.functionTypeIndex(0)),
                                (store, caller, slots) -> {
                                    store.fuel(store.fuel() + 5);
                                    Slots.putI32(slots, 0, Slots.getI32(slots, 0) + 1);
                                });
                ModuleInstance instance = program.instance(text, next);
                program.store.fuel(5000);
                assertThat(program.callI32(instance, "f", 0)).isEqualTo(1000);
                rests.add(program.store.fuel());
            }
        }
        assertThat(rests.get(1)).isEqualTo(Objects.requireNonNull(rests.get(0)));
    }
}
