package dev.windlass.interpreter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestFrame;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Raw;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Interruption, fuel, exhausted stacks, backtraces: whatever stops a guest leaves a store that works.
class StoppingTest {
    private static final String RECURSION =
            """
            (module
              (func $deep (export "deep") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0))
                  (then (i32.const 0))
                  (else (i32.add (i32.const 1)
                    (call $deep (i32.sub (local.get 0) (i32.const 1)))))))
              (func $forever (export "forever") (result i32)
                (i32.add (i32.const 1) (call $forever)))
              (func (export "seven") (result i32) (i32.const 7)))
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(loop (br 0))",
                "(loop (local.set 0 (i32.add (local.get 0) (i32.const 1))) (br_if 0 (i32.const 1)))",
                "(loop (br_if 0 (i32.ne (local.tee 0 (i32.add (local.get 0) (i32.const 2))) (i32.const 1))))",
                "(loop (br_table 0 0 0 (local.get 0)))",
                "(loop (call 1) (br 0))",
                "(return_call 0)",
                "(loop (block (br_if 1 (i32.eqz (local.get 0))) (br 1)))",
            })
    void interruptsLoopsWithin100Milliseconds(String body) throws InterruptedException {
        try (Guest guest = new Guest()) {
            ModuleInstance instance =
                    guest.instance(
                            "(module (func (export \"f\") (local i32) %s) (func))".formatted(body));
            long[] asked = new long[1];
            Thread stopper =
                    Thread.ofPlatform()
                            .start(() -> {
                                sleep(60);
                                asked[0] = System.nanoTime();
                                guest.store.interrupt();
                            });
            Trap trap = catchThrowableOfType(Trap.class, () -> guest.call(instance, "f"));
            long answered = System.nanoTime();
            stopper.join();
            assertThat(trap.kind()).isEqualTo(TrapKind.INTERRUPTED);
            // The interruption may also meet the function that is called.
            assertThat(trap.frames()).last().extracting(GuestFrame::function).isEqualTo(0);
            // A hundred milliseconds by itself; the machine that tests may be busy.
            assertThat(TimeUnit.NANOSECONDS.toMillis(answered - asked[0])).isLessThan(1000);
        }
    }

    /// Counted in rounds and not in time, so a busy machine makes no difference: after the request
    /// has been made, every shape of loop goes round a few times at most.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(loop (call $count) (br 0))",
                "(loop COUNT (br 0))",
                "(loop COUNT (br_if 0 (i32.const 1)))",
                "(loop COUNT (br_if 0 (local.get $one)))",
                "(loop COUNT (br_if 0 (i32.ne (local.get $one) (i32.const 3))))",
                "(loop (local.set 0 (i32.add (local.get 0) (i32.const 2))) COUNT"
                        + " (br_if 0 (i32.ne (local.get 0) (i32.const 1))))",
                "(loop COUNT (local.set 0 (i32.add (local.get 0) (i32.const 2)))"
                        + " (br_if 0 (i32.ne (local.get $one) (local.get 0))))",
                "(loop COUNT (br_table 0 0 0 (local.get 0)))",
                "(loop (block COUNT (br_if 1 (i32.eqz (local.get 0))) (br 1)))",
                "COUNT (return_call $f)",
                "COUNT (return_call_ref $t (ref.func $f))",
                "COUNT (return_call_indirect (type $t) (i32.const 0))",
            })
    void stopsWithinAFewRounds(String body) throws InterruptedException {
        String count = "(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))";
        String module =
                """
                (module (memory 1) (type $t (func)) (table funcref (elem $f))
                  (func $count %s)
                  (func $f (export "f") (local i32) (local $one i32) (local.set $one (i32.const 1)) %s))
                """
                        .formatted(count, body.replace("COUNT", count));
        try (Guest guest = new Guest()) {
            ModuleInstance instance = guest.instance(module);
            long counter = instance.memory(0).base();
            int[] asked = new int[1];
            Thread stopper =
                    Thread.ofPlatform()
                            .start(() -> {
                                while (Raw.getIntVolatile(counter) < 20_000) {
                                    Thread.onSpinWait();
                                }
                                guest.store.interrupt();
                                asked[0] = Raw.getIntVolatile(counter);
                            });
            Trap trap = catchThrowableOfType(Trap.class, () -> guest.call(instance, "f"));
            stopper.join();
            assertThat(trap.kind()).isEqualTo(TrapKind.INTERRUPTED);
            assertThat(Raw.getInt(counter) - asked[0]).isBetween(0, 100);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void boundsRecursionBySlotsAndGoesOn() {
        try (Guest guest = new Guest()) {
            ModuleInstance instance = guest.instance(RECURSION);
            assertThat((int) guest.call(instance, "deep", 20_000)).isEqualTo(20_000);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> guest.call(instance, "forever"))
                        .isInstanceOf(Trap.class)
                        .hasMessage("call stack exhausted");
            }
            assertThat((int) guest.call(instance, "seven")).isEqualTo(7);
            assertThat((int) guest.call(instance, "deep", 20_000)).isEqualTo(20_000);
        }
    }

    @Test
    void boundsRecursionByDepth() {
        try (Guest guest = new Guest(StoreLimits.DEFAULT.withMaxCallDepth(100))) {
            ModuleInstance instance = guest.instance(RECURSION);
            assertThat((int) guest.call(instance, "deep", 90)).isEqualTo(90);
            assertThatThrownBy(() -> guest.call(instance, "deep", 200))
                    .hasMessage("call stack exhausted");
        }
    }

    @Test
    void boundsRecursionThroughTheHost() {
        try (Guest guest = new Guest()) {
            FunctionInstance[] again = new FunctionInstance[1];
            FunctionInstance host =
                    guest.host("", (store, caller, slots) -> store.invoke(again[0], slots));
            ModuleInstance instance =
                    guest.instance(
                            "(module (import \"h\" \"h\" (func)) (func (export \"f\") (call 0))"
                                    + " (func (export \"g\") (result i32) (i32.const 3)))",
                            host);
            again[0] = Guest.function(instance, "f");
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> guest.call(instance, "f"))
                        .isInstanceOf(Trap.class)
                        .hasMessage("call stack exhausted");
            }
            assertThat((int) guest.call(instance, "g")).isEqualTo(3);
        }
    }

    @Test
    void refusesFramesLargerThanTheStack() {
        try (Guest guest = new Guest(StoreLimits.DEFAULT.withStackBytes(1 << 16))) {
            StringBuilder locals = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                locals.append(" i64");
            }
            ModuleInstance instance =
                    guest.instance(
                            "(module (func $big (export \"big\") (local"
                                    + locals
                                    + ")) (func (export \"call\") (call $big)))");
            assertThatThrownBy(() -> guest.call(instance, "big"))
                    .hasMessage("call stack exhausted");
            assertThatThrownBy(() -> guest.call(instance, "call"))
                    .hasMessage("call stack exhausted");
        }
    }

    @Test
    void tellsWhereATrapCameFrom() {
        try (Guest guest = new Guest()) {
            ModuleInstance inner =
                    guest.instance(
                            """
                            (module
                              (func $divide (export "divide") (param i32) (result i32)
                                (i32.div_u (i32.const 1) (local.get 0))))
                            """);
            ModuleInstance outer =
                    guest.instance(
                            """
                            (module
                              (import "m" "divide" (func $divide (param i32) (result i32)))
                              (func $middle (result i32) (call $divide (i32.const 0)))
                              (func $outer (export "outer") (result i32)
                                (i32.add (i32.const 1) (call $middle))))
                            """,
                            Guest.function(inner, "divide"));
            Trap trap = catchThrowableOfType(Trap.class, () -> guest.call(outer, "outer"));
            assertThat(trap.kind()).isEqualTo(TrapKind.INTEGER_DIVIDE_BY_ZERO);
            assertThat(trap.frames())
                    .extracting(GuestFrame::name)
                    .containsExactly("divide", "middle", "outer");
            assertThat(trap.frames()).extracting(GuestFrame::function).containsExactly(0, 1, 2);
            assertOpcode(inner, trap.frames().get(0), 0x6E);
            assertOpcode(outer, trap.frames().get(1), 0x10);
            assertOpcode(outer, trap.frames().get(2), 0x10);
        }
    }

    private static void assertOpcode(ModuleInstance instance, GuestFrame frame, int opcode) {
        assertThat(instance.module().bytes()[frame.offset()] & 0xFF).isEqualTo(opcode);
    }

    @Test
    void joinsTheFramesOfNestedCalls() {
        try (Guest guest = new Guest()) {
            FunctionInstance[] trapping = new FunctionInstance[1];
            FunctionInstance host =
                    guest.host("", (store, caller, slots) -> store.invoke(trapping[0], slots));
            ModuleInstance instance =
                    guest.instance(
                            """
                            (module
                              (import "h" "h" (func $host))
                              (func $start (export "start") (call $host))
                              (func $trap (export "trap") (unreachable)))
                            """,
                            host);
            trapping[0] = Guest.function(instance, "trap");
            Trap trap = catchThrowableOfType(Trap.class, () -> guest.call(instance, "start"));
            assertThat(trap.frames()).extracting(GuestFrame::name).containsExactly("trap", "start");
        }
    }

    @Test
    void countsFuel() {
        try (Guest guest = new Guest()) {
            ModuleInstance instance =
                    guest.instance(
                            """
                            (module (func (export "f") (param i32) (result i32)
                              (loop
                                (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
                                (br_if 0 (local.get 0)))
                              (i32.const 5)))
                            """);
            guest.store.fuel(10_000);
            assertThat((int) guest.call(instance, "f", 100)).isEqualTo(5);
            long used = 10_000 - guest.store.fuel();
            assertThat(used).isBetween(600L, 610L);
            guest.store.fuel(used - 1);
            Trap trap = catchThrowableOfType(Trap.class, () -> guest.call(instance, "f", 100));
            assertThat(trap.kind()).isEqualTo(TrapKind.OUT_OF_FUEL);
            guest.store.fuel(used);
            assertThat((int) guest.call(instance, "f", 100)).isEqualTo(5);
            assertThat(guest.store.fuel()).isZero();
        }
    }
}
