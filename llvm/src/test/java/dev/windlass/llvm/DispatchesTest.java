package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.Extern;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.TrapKind;
import dev.windlass.wasm.Module;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Loops that begin with a table on a local: branches to them are jumps where the local's value is
/// known.
final class DispatchesTest {
    /// Sums 1 to n. State 0 begins, 1 is the loop's body, 2 its test, 3 the end, all else traps.
    private static final String SUM =
            """
            (module (func (export "f") (param $n i32) (param $state i32) (result i32)
              (local $i i32) (local $sum i32)
              (block $out
                (loop $again
                  (block $default (block $three (block $two (block $one (block $zero
                    (br_table $zero $one $two $three $default (local.get $state)))
                    ;; 0
                    (local.set $i (i32.const 1))
                    (local.set $state (i32.const 2))
                    (br $again))
                    ;; 1
                    (local.set $sum (i32.add (local.get $sum) (local.get $i)))
                    (local.set $i (i32.add (local.get $i) (i32.const 1))))
                    ;; 2
                    (if (i32.le_u (local.get $i) (local.get $n))
                      (then (local.set $state (i32.const 1)) (br $again)))
                    (local.set $state (i32.const 3))
                    (br $again))
                    ;; 3
                    (br $out))
                  (unreachable)))
              (i32.add (i32.mul (local.get $sum) (i32.const 10)) (local.get $state))))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void jumpsLeadForwardsAndBackwards(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance sum = program.instance(SUM);
            assertThat(program.callI32(sum, "f", 0, 0)).isEqualTo(3);
            assertThat(program.callI32(sum, "f", 100, 0)).isEqualTo(50_503);
            // Into the middle, where the counter is still zero.
            assertThat(program.callI32(sum, "f", 4, 1)).isEqualTo(103);
            assertThat(program.callI32(sum, "f", 4, 2)).isEqualTo(103);
            assertThat(program.callI32(sum, "f", 4, 3)).isEqualTo(3);
            Program.assertTraps(TrapKind.UNREACHABLE, "f", () -> program.call(sum, "f", 4, 4));
            Program.assertTraps(TrapKind.UNREACHABLE, "f", () -> program.call(sum, "f", 4, -1));
        }
    }

    /// The state is known before some branches only, and there are several kinds of branches. Each
    /// state appends its number to a trace.
    private static final String MIXED =
            """
            (module (func (export "f") (param $state i32) (param $next i32) (param $turns i32)
                (result i32) (local $trace i32)
              (block $out
                (loop $again
                  (if (i32.eqz (local.get $turns)) (then (br $out)))
                  (local.set $turns (i32.sub (local.get $turns) (i32.const 1)))
                  (loop $machine
                    (block $two (block $one (block $zero
                      (local.get $state)
                      (br_table $zero $one $two $again $machine $out))
                      ;; 0: known
                      (local.set $trace (i32.mul (local.get $trace) (i32.const 10)))
                      (local.set $state (i32.const 1))
                      (br $machine))
                      ;; 1: unknown, and by a condition
                      (local.set $trace
                        (i32.add (i32.mul (local.get $trace) (i32.const 10)) (i32.const 1)))
                      (local.set $state (local.get $next))
                      (local.set $next (i32.const 2))
                      (br_if $machine (i32.ne (local.get $state) (i32.const 7)))
                      (local.set $state (i32.const 99))
                      (br $machine))
                      ;; 2: back to 0 once, then to the loop around
                      (local.set $trace
                        (i32.add (i32.mul (local.get $trace) (i32.const 10)) (i32.const 2)))
                      (if (i32.lt_u (local.get $trace) (i32.const 1000))
                        (then (local.set $state (i32.const 0)) (br $machine)))
                      (local.set $state (i32.const 3))
                      (br $machine))))
              (local.get $trace)))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void otherBranchesMayLeadToTheSameLoop(CompileOptions way) {
        try (Program program = new Program(way)) {
            ModuleInstance mixed = program.instance(MIXED);
            assertThat(program.callI32(mixed, "f", 0, 2, 5)).isEqualTo(12012);
            assertThat(program.callI32(mixed, "f", 1, 2, 1)).isEqualTo(12012);
            assertThat(program.callI32(mixed, "f", 2, 2, 3)).isEqualTo(2012);
            assertThat(program.callI32(mixed, "f", 1, 7, 1)).isEqualTo(1);
            assertThat(program.callI32(mixed, "f", 5, 1, 1)).isZero();
        }
    }

    /// What changes between the states, of every type, and what a jump leaves on the stack.
    private static final String VALUES =
            """
            (module (func (export "f") (param $n i64) (result f64)
                (local $state i32) (local $a i64) (local $b f64) (local $v v128) (local $swap i64)
              (local.set $b (f64.const 1))
              (f64.const 1000)
              (loop $machine
                (block $three (block $two (block $one (block $zero
                  (local.get $state)
                  (br_table $zero $one $two $three))
                  (local.set $a (local.get $n))
                  (local.set $state (i32.const 2))
                  (br $machine))
                  ;; 1
                  (local.set $b (f64.mul (local.get $b) (f64.convert_i64_s (local.get $a))))
                  (local.set $v
                    (i64x2.add (local.get $v) (i64x2.splat (local.get $a))))
                  (local.set $swap (local.get $a))
                  (local.set $a (i64.sub (local.get $swap) (i64.const 1))))
                  ;; 2
                  (if (i64.eqz (local.get $a))
                    (then (local.set $state (i32.const 3)) (br $machine)))
                  (i64.const 5) ;; below the jump
                  (local.set $state (i32.const 1))
                  (br $machine))
                (local.set $b
                  (f64.add (local.get $b)
                    (f64.convert_i64_s (i64x2.extract_lane 1 (local.get $v))))))
              (f64.add (local.get $b))))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void jumpsTakeAllLocalsAlong(CompileOptions way) {
        try (Program program = new Program(way)) {
            long bits = program.call(program.instance(VALUES), "f", 6);
            assertThat(Double.longBitsToDouble(bits)).isEqualTo(1000 + 720 + 21);
        }
    }

    /// Runs for ever: nothing but jumps after a call of the host.
    private static final String ENDLESS =
            """
            (module (import "host" "started" (func $started))
             (func (export "f") (local $state i32) (local $n i64)
              (call $started)
              (loop $machine
                (block $one (block $zero
                  (br_table $zero $one (local.get $state)))
                  (local.set $n (i64.add (local.get $n) (i64.const 1))))
                (local.set $n (i64.mul (local.get $n) (i64.const 3)))
                (local.set $state (i32.const 1))
                (br $machine))))
            """;

    @ParameterizedTest
    @MethodSource("dev.windlass.llvm.Program#ways")
    void jumpsBackCanBeInterrupted(CompileOptions way) throws InterruptedException {
        try (Program program = new Program(way)) {
            CountDownLatch started = new CountDownLatch(1);
            Module module = Program.module(ENDLESS);
            Extern host =
                    program.store.newHostFunction(
                            module.defType(module.functionTypeIndex(0)),
                            (store, caller, slots) -> started.countDown());
            ModuleInstance endless = program.instance(ENDLESS, host);
            Thread other = Thread.ofPlatform().start(() -> interruptAfter(started, program.store));
            Program.assertTraps(TrapKind.INTERRUPTED, "f", () -> program.call(endless, "f"));
            other.join();
        }
    }

    private static void interruptAfter(CountDownLatch started, RuntimeStore store) {
        try {
            started.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        store.interrupt();
    }
}
