package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.TagInstance;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.spi.ModuleCode;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// WebAssembly exceptions through compiled functions, interpreted ones and Java. The interpreter,
/// which runs everything where fuel is counted, is the measure.
@Timeout(120)
final class ExceptionBoundaryTest {
    private static final HostFunction NOTHING = (store, caller, slots) -> {};

    /// What argument makes `$may` do: 1 throws with values, 2 without, 3 traps, 4 accesses what is
    /// outside of memory, 5 recurses without end, 6 calls the host, which throws, 7 divides by zero;
    /// others return.
    private static final String PROGRAM =
            """
            (module
              (import "h" "fail" (func $fail (param i32)))
              (tag $e (export "e") (param i32 i64 f64 f32 v128))
              (tag $f (export "f"))
              (type $t (func (param i32) (result i32)))
              (memory 1)
              (table 3 funcref)
              (elem (i32.const 0) $may $deep $wide1)
              (global $g (mut i32) (i32.const 0))

              (func $may (type $t)
                (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
                  (br_table $0 $1 $2 $3 $4 $5 $6 $7 $0 (local.get 0)))
                  (return (i32.add (local.get 0) (i32.const 1))))
                  (throw $e (i32.const -7) (i64.const 0x123456789A) (f64.const 2.5) (f32.const -1.5)
                    (v128.const i32x4 1 2 3 4)))
                  (throw $f))
                  unreachable)
                  (return (i32.load (i32.const 65533))))
                  (return (i32.add (i32.const 1) (call $may (local.get 0)))))
                  (call $fail (local.get 0)) (return (i32.const 60)))
                (i32.div_s (i32.const 1) (i32.const 0)))
              (func $deep (type $t) (i32.add (call $deeper (local.get 0)) (i32.const 1)))
              (func $deeper (type $t)
                (global.set $g (i32.add (global.get $g) (i32.const 1)))
                (i32.add (call $may (local.get 0)) (i32.const 1)))
              (func $wide (param i32 i64 i32 i64 i32 i64 f32 v128 i32) (result i32 i64 f32)
                (call $may (local.get 8)) (local.get 5) (local.get 6))
              (func $wide1 (type $t)
                (call $wide (local.get 0) (i64.const 2) (i32.const 3) (i64.const 4) (i32.const 5)
                  (i64.const 6) (f32.const 7) (v128.const i32x4 8 9 10 11) (local.get 0))
                drop drop)

              (func (export "values") (type $t)
                (local $x i32) (local $a i32) (local $b i64) (local $c f64) (local $d f32)
                (local $v v128)
                (block $other
                  (block $h (result i32 i64 f64 f32 v128)
                    (try_table (result i32) (catch $e $h) (catch_all $other)
                      (local.set $x (i32.const 5))
                      (drop (call $deep (local.get 0)))
                      (local.set $x (i32.const 6))
                      (call $may (local.get 0)))
                    (return (i32.add (local.get $x) (i32.const 100))))
                  (local.set $v) (local.set $d) (local.set $c) (local.set $b) (local.set $a)
                  (return (i32.add (local.get $x) (i32.add (local.get $a)
                    (i32.add (i32.wrap_i64 (local.get $b)) (i32.add
                      (i32.trunc_f64_s (f64.mul (local.get $c) (f64.const 1000)))
                      (i32.add (i32.trunc_f32_s (f32.mul (local.get $d) (f32.const 100)))
                        (i32x4.extract_lane 2 (local.get $v)))))))))
                (i32.sub (local.get $x) (i32.const 1000)))
              (func (export "again") (type $t) (local $n i32) (local $x exnref)
                (block $out
                  (loop $l
                    (block $h (result exnref)
                      (try_table (catch_all_ref $h) (drop (call $deep (local.get 0))))
                      (return (local.get $n)))
                    (local.set $x)
                    (local.set $n (i32.add (local.get $n) (i32.const 1)))
                    (br_if $out (i32.gt_u (local.get $n) (i32.const 10)))
                    (br $l)))
                (block $r (result exnref)
                  (try_table (catch_ref $f $r) (throw_ref (local.get $x)))
                  unreachable)
                (throw_ref))
              (func (export "indirect") (type $t) (local $sum i32) (local $i i32)
                (loop $l
                  (block $h
                    (block $e (result i32 i64 f64 f32 v128 exnref)
                      (try_table (catch_all $h) (catch_ref $e $e)
                        (try_table (catch_ref $e $e)
                          (local.set $sum (i32.add (local.get $sum)
                            (call_indirect (type $t) (local.get 0) (local.get $i)))))
                        (br $h))
                      unreachable)
                    drop drop drop drop drop
                    (local.set $sum (i32.add (local.get $sum))))
                  (local.set $i (i32.add (local.get $i) (i32.const 1)))
                  (br_if $l (i32.lt_u (local.get $i) (i32.const 3))))
                (i32.add (local.get $sum) (i32.mul (local.get $i) (i32.const 1000))))
              (func (export "wide") (type $t)
                (local $a i32) (local $b i64) (local $c f32)
                (block $h
                  (try_table (result i32 i64 f32) (catch_all $h)
                    (call $wide (i32.const 1) (i64.const 2) (i32.const 3) (i64.const 4) (i32.const 5)
                      (i64.const 600) (f32.const 70) (v128.const i32x4 8 9 10 11) (local.get 0)))
                  (local.set $c) (local.set $b) (local.set $a)
                  (return (i32.add (local.get $a) (i32.add (i32.wrap_i64 (local.get $b))
                    (i32.trunc_f32_s (local.get $c))))))
                (i32.const -5))
              (func (export "throw") (type $t)
                (block $h (result i32 i64 f64 f32 v128)
                  (block $all
                    (try_table (catch $e $h) (catch_all $all)
                      (if (local.get 0) (then
                        (throw $e (local.get 0) (i64.const 1) (f64.const 1) (f32.const 1)
                          (v128.const i32x4 1 1 1 1))))
                      (throw $f)))
                  (return (i32.const 77)))
                drop drop drop drop)
              (func (export "uncaught") (type $t) (call $deep (local.get 0)))
              (func (export "null") (type $t)
                (block $h (try_table (catch_all $h) (throw_ref (ref.null exn)))) (i32.const 1))

              (func (export "legacy") (type $t) (local $x i32)
                (try $outer (result i32)
                  (do
                    (try (result i32)
                      (do (local.set $x (i32.const 1)) (call $deep (local.get 0)))
                      (catch $e drop drop drop drop
                        (local.set $x (i32.add (local.get $x) (i32.const 1)))
                        (try (do (drop (call $may (i32.const 2))))
                          (catch_all (local.set $x (i32.add (local.get $x) (i32.const 10)))))
                        (rethrow 0))))
                  (catch $e drop drop drop drop (i32.add (local.get $x)))
                  (catch_all
                    (drop (try (result i32) (do (call $may (i32.add (local.get 0) (i32.const 90))))
                      (delegate 1)))
                    (i32.const -3))))
              (func (export "delegate") (type $t)
                (block (result i32)
                  (try (result i32)
                    (do
                      (try (result i32)
                        (do (try (result i32) (do (call $may (local.get 0))) (delegate 1)))
                        (catch_all (i32.const 1))))
                    (catch_all (i32.const 2))))))
            """;

    private static final String[] EXPORTS = {
        "values", "again", "indirect", "wide", "throw", "uncaught", "null", "legacy", "delegate",
    };

    private static void with(String property, String value, Runnable action) {
        System.setProperty(property, value);
        try {
            action.run();
        } finally {
            System.clearProperty(property);
        }
    }

    private static HostFunction throwing(String tag) {
        return (store, caller, slots) -> {
            TagInstance thrown =
                    Objects.requireNonNull(
                            (TagInstance) Objects.requireNonNull(caller).export(tag));
            long[] values = new long[thrown.type().funcType().paramSlots()];
            throw new GuestException(new ExceptionInstance(thrown, values));
        };
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2"})
    void everythingHappensAsOnTheInterpreter(int level) {
        with("windlass.llvm.level", String.valueOf(level), () -> compareAll(PROGRAM, EXPORTS));
    }

    @Test
    void everythingHappensAsOnTheInterpreterWithChecks() {
        with("windlass.llvm.memory", "explicit", () -> compareAll(PROGRAM, EXPORTS));
    }

    /// A tail call in a `try_table` leaves its handler behind.
    @Test
    void everythingHappensAsOnTheInterpreterWithTailCalls() {
        String tails =
                """
                (func $tail (type $t) (return_call $deep (local.get 0)))
                (func $tailWide (param i32 i64 i32 i64 i32 i64 f32 v128 i32) (result i32 i64 f32)
                  (return_call $wide (local.get 0) (local.get 1) (local.get 2) (local.get 3)
                    (local.get 4) (local.get 5) (local.get 6) (local.get 7) (local.get 8)))
                (func $leaves (type $t)
                  (block $h (try_table (catch_all $h) (return_call $tail (local.get 0))) unreachable)
                  (i32.const 1))
                (func (export "around") (type $t)
                  (block $h (return (try_table (result i32) (catch_all $h)
                    (call $tail (local.get 0)))))
                  (i32.const 12))
                (func (export "left") (type $t)
                  (block $h (return (try_table (result i32) (catch_all $h)
                    (call $leaves (local.get 0)))))
                  (i32.const 13))
                (func (export "leaving") (type $t) (return_call $leaves (local.get 0)))
                (func (export "tailWide") (type $t)
                  (block $h
                    (try_table (result i32 i64 f32) (catch_all $h)
                      (call $tailWide (i32.const 1) (i64.const 2) (i32.const 3) (i64.const 4)
                        (i32.const 5) (i64.const 600) (f32.const 70)
                        (v128.const i32x4 8 9 10 11) (local.get 0)))
                    (drop) (i32.wrap_i64) (return (i32.add)))
                  (i32.const -5)))
                """;
        String program = PROGRAM.substring(0, PROGRAM.lastIndexOf(')')) + tails;
        compareAll(program, "around", "left", "leaving", "tailWide", "values", "again", "indirect");
    }

    private static void compareAll(String program, String... exports) {
        Guest.inEveryMix(
                program,
                code -> {
                    for (String tag : new String[] {"e", "f"}) {
                        compare(code, Map.of("fail", throwing(tag)), exports);
                    }
                });
    }

    private static void compare(
            ModuleCode code, Map<String, HostFunction> host, String... exports) {
        try (Guest guest = new Guest(code, host);
                Guest measure = new Guest(code, host)) {
            measure.store.fuel(1L << 40);
            long top = guest.store.slotTop();
            for (String export : exports) {
                for (int i = 0; i < 9; i++) {
                    String expected = outcome(measure, export, i);
                    assertThat(outcome(guest, export, i))
                            .as("%s(%d)", export, i)
                            .isEqualTo(expected);
                    assertThat(guest.store.slotTop()).isEqualTo(top);
                }
            }
        }
    }

    /// The frames of an exhausted stack differ in number only.
    private static String outcome(Guest guest, String export, int argument) {
        try {
            return String.valueOf((int) guest.call(export, argument));
        } catch (Trap trap) {
            boolean isExhausted = trap.kind() == TrapKind.CALL_STACK_EXHAUSTED;
            return trap.kind() + (isExhausted ? "" : trap.frames().toString());
        } catch (GuestException e) {
            ExceptionInstance thrown = e.exception();
            boolean isF = thrown.tag() == guest.instance.export("f");
            return (isF ? "f" : "e") + Arrays.toString(thrown.slots());
        }
    }

    private static final String THROUGH =
            """
            (module
              (import "h" "f" (func $f (param i32) (result i32)))
              (tag $e (export "e") (param i32 externref))
              (func $throw (export "throw") (param i32)
                (throw $e (local.get 0) (ref.null extern)))
              (func $inner (param i32) (result i32) (i32.add (call $f (local.get 0)) (i32.const 1)))
              (func (export "catch") (param i32) (result i32)
                (block $h (result i32 externref)
                  (return (try_table (result i32) (catch $e $h) (call $inner (local.get 0)))))
                (drop))
              (func (export "pass") (param i32) (result i32) (call $inner (local.get 0)))
              (func (export "other") (param i32) (result i32)
                (block $h (result exnref)
                  (return (try_table (result i32) (catch_all_ref $h) (call $inner (local.get 0)))))
                (throw_ref))
              (func (export "keep") (param i32) (result externref) (local $x exnref)
                (block $h (result exnref)
                  (return (try_table (catch_all_ref $h) (drop (call $inner (local.get 0))))
                    (ref.null extern)))
                (local.set $x)
                (drop (call $inner (i32.const -1)))
                (block $g (result i32 externref)
                  (try_table (catch $e $g) (throw_ref (local.get $x))) unreachable)
                (return)))
            """;

    @Test
    void guestsCatchWhatJavaThrewAndJavaGetsItBack() {
        Guest.inEveryMix(
                THROUGH,
                code -> {
                    GuestException[] thrown = new GuestException[1];
                    HostFunction f =
                            (store, caller, slots) -> {
                                throw thrown[0];
                            };
                    try (Guest guest = new Guest(code, Map.of("f", f))) {
                        TagInstance tag =
                                (TagInstance) Objects.requireNonNull(guest.instance.export("e"));
                        ExceptionInstance e = new ExceptionInstance(tag, new long[] {42, 0});
                        thrown[0] = new GuestException(e);
                        assertThat(guest.call("catch", 1)).isEqualTo(42);
                        assertThat(catchThrowable(() -> guest.call("pass", 1))).isSameAs(thrown[0]);
                        assertThat(catchThrowable(() -> guest.call("other", 1)))
                                .isInstanceOfSatisfying(
                                        GuestException.class,
                                        g -> assertThat(g.exception()).isSameAs(e));
                    }
                });
    }

    @Test
    void exceptionsPassNestedCallsOfJava() {
        Guest.inEveryMix(
                THROUGH,
                code -> {
                    Guest[] self = new Guest[1];
                    HostFunction f =
                            (store, caller, slots) -> {
                                int depth = Slots.getI32(slots, 0);
                                if (depth == 0) {
                                    self[0].call("throw", 77);
                                }
                                Slots.putI32(
                                        slots,
                                        0,
                                        (int)
                                                self[0].call(
                                                        depth % 3 == 0 ? "other" : "pass",
                                                        depth - 1));
                            };
                    try (Guest guest = new Guest(code, Map.of("f", f))) {
                        self[0] = guest;
                        for (int depth = 0; depth < 10; depth++) {
                            assertThat(guest.call("catch", depth)).isEqualTo(77);
                        }
                    }
                });
    }

    /// The exception and the reference in it are only in a compiled frame.
    @Test
    void aCaughtExceptionStaysAlive() {
        Object kept = new Object();
        HostFunction f =
                (store, caller, slots) -> {
                    if (Slots.getI32(slots, 0) < 0) {
                        for (int i = 0; i < 50_000; i++) {
                            store.handle(new Object());
                        }
                        return;
                    }
                    TagInstance tag =
                            (TagInstance)
                                    Objects.requireNonNull(
                                            Objects.requireNonNull(caller).export("e"));
                    Slots.putI32(slots, 0, 1);
                    Slots.putI64(slots, 1, store.handle(kept));
                    throw new GuestException(store.newException(tag, slots));
                };
        Guest.inEveryMix(
                THROUGH,
                code -> {
                    try (Guest guest = new Guest(code, Map.of("f", f))) {
                        for (int i = 0; i < 3; i++) {
                            assertThat(guest.store.object(guest.call("keep", 1))).isSameAs(kept);
                        }
                    }
                });
    }

    @Test
    void backtracesOfDeepStacksAreTheInterpreters() {
        String text =
                """
                (module
                  (func $plain (param i32) (result i32)
                    (if (i32.eqz (local.get 0)) (then unreachable))
                    (i32.add (i32.const 1) (call $plain (i32.sub (local.get 0) (i32.const 1)))))
                  (func $try (export "try") (param i32) (result i32)
                    (if (i32.eqz (local.get 0)) (then (return (call $plain (i32.const 5)))))
                    (block $h
                      (return (try_table (result i32) (catch_all $h)
                        (call $try (i32.sub (local.get 0) (i32.const 1))))))
                    (i32.const 7))
                  (func (export "plain") (param i32) (result i32) (call $plain (local.get 0))))
                """;
        ModuleCode code = Guest.compile(text, null);
        try (Guest guest = new Guest(code, Map.of());
                Guest measure = new Guest(code, Map.of())) {
            measure.store.fuel(1L << 40);
            for (String export : new String[] {"plain", "try"}) {
                for (int depth : new int[] {0, 50, 150}) {
                    assertThat(outcome(guest, export, depth))
                            .as("%s %d", export, depth)
                            .isEqualTo(outcome(measure, export, depth));
                }
            }
        }
    }

    @Test
    void manyExceptionsLeaveNothingBehind() {
        String text =
                """
                (module
                  (import "h" "f" (func $f))
                  (tag $e (param externref))
                  (func $t (param i32) (if (local.get 0) (then (throw $e (ref.null extern)))))
                  (func $u (param i32) (call $t (local.get 0)))
                  (func (export "run") (param i32) (result i32) (local $n i32)
                    (loop $l
                      (block $h (result externref)
                        (try_table (catch $e $h) (call $u (i32.const 1)))
                        unreachable)
                      (drop)
                      (local.set $n (i32.add (local.get $n) (i32.const 1)))
                      (br_if $l (i32.lt_u (local.get $n) (local.get 0))))
                    (local.get $n)))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    try (Guest guest = new Guest(code, Map.of("f", NOTHING))) {
                        assertThat(guest.call("run", 60_000)).isEqualTo(60_000);
                    }
                });
    }
}
