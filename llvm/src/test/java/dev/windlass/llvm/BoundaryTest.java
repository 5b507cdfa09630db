package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.runtime.GuestFrame;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.spi.ModuleCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Calls between Java, compiled functions and interpreted ones, in all directions.
@Timeout(120)
final class BoundaryTest {
    private static final HostFunction NOTHING = (store, caller, slots) -> {};

    private static final String THROUGH_TWO =
            """
            (module
              (import "h" "f" (func $f (param i32) (result i32)))
              (func $inner (param i32) (result i32) (i32.add (call $f (local.get 0)) (i32.const 1)))
              (func (export "g") (param i32) (result i32)
                (i32.mul (call $inner (local.get 0)) (i32.const 2)))
              (func (export "fail") (param i32) (result i32)
                (drop (call $inner (local.get 0))) unreachable))
            """;

    @Test
    void whateverTheHostThrowsReachesTheCallerAsItIs() throws Exception {
        List<Throwable> thrown =
                List.of(
                        new IllegalArgumentException("a"),
                        new AssertionError("b"),
                        new Exception("checked"),
                        new Trap(TrapKind.OUT_OF_MEMORY));
        Guest.inEveryMix(
                THROUGH_TWO,
                code -> {
                    try (Guest guest =
                            new Guest(
                                    code,
                                    Map.of(
                                            "f",
                                            (store, caller, slots) -> {
                                                int which = Slots.getI32(slots, 0);
                                                if (which < thrown.size()) {
                                                    raise(thrown.get(which));
                                                }
                                                Slots.putI32(slots, 0, 20);
                                            }))) {
                        long top = guest.store.slotTop();
                        for (int i = 0; i < thrown.size(); i++) {
                            int which = i;
                            assertThat(catchThrowable(() -> guest.call("g", which)))
                                    .isSameAs(thrown.get(i));
                            assertThat(guest.store.slotTop()).isEqualTo(top);
                        }
                        assertThat(guest.call("g", 99)).isEqualTo(42);
                    }
                });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void raise(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void aTrapInANestedCallEndsOnlyWhatIsInside() throws Exception {
        Guest.inEveryMix(
                THROUGH_TWO,
                code -> {
                    Guest[] self = new Guest[1];
                    HostFunction f =
                            (store, caller, slots) -> {
                                int depth = Slots.getI32(slots, 0);
                                if (depth > 0) {
                                    Throwable t =
                                            catchThrowable(() -> self[0].call("fail", depth - 1));
                                    assertThat(((Trap) t).kind()).isEqualTo(TrapKind.UNREACHABLE);
                                }
                                Slots.putI32(slots, 0, depth);
                            };
                    try (Guest guest = new Guest(code, Map.of("f", f))) {
                        self[0] = guest;
                        assertThat(guest.call("g", 20)).isEqualTo(42);
                        assertThat(guest.call("g", 0)).isEqualTo(2);
                    }
                });
    }

    private static final String RECURSION =
            """
            (module
              (import "h" "f" (func $f))
              (memory 1)
              (func $even (export "even") (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 1))
                  (else (call $odd (i32.sub (local.get 0) (i32.const 1))))))
              (func $odd (param i32) (result i32)
                (if (result i32) (i32.eqz (local.get 0)) (then (i32.const 0))
                  (else (call $even (i32.sub (local.get 0) (i32.const 1))))))
              (func $a (export "endless") (param i32) (result i32)
                (i32.add (call $b (local.get 0)) (i32.const 1)))
              (func $b (param i32) (result i32) (i32.add (call $a (local.get 0)) (i32.const 1)))
              (func (export "loop") (loop (br 0)))
              (func (export "host") (call $f))
              (func (export "touch") (param i32) (result i32)
                (call $f) (i32.store (local.get 0) (i32.const 5)) (i32.load (local.get 0))))
            """;

    private static void assertExhausted(Guest guest) {
        assertThatThrownBy(() -> guest.call("endless", 1))
                .isInstanceOfSatisfying(
                        Trap.class,
                        t -> assertThat(t.kind()).isEqualTo(TrapKind.CALL_STACK_EXHAUSTED));
    }

    @Test
    void recursionWithoutEndTrapsOnStacksOfAnySize() throws Exception {
        Guest.inEveryMix(
                RECURSION,
                code -> {
                    for (long stack : new long[] {200 << 10, 400 << 10, 1 << 20, 16 << 20}) {
                        onThread(
                                stack,
                                () -> {
                                    try (Guest guest = new Guest(code, Map.of("f", NOTHING))) {
                                        assertExhausted(guest);
                                        assertExhausted(guest);
                                        if (stack >= 1 << 20) {
                                            assertThat(guest.call("even", 100)).isEqualTo(1);
                                        }
                                    }
                                    return 0;
                                });
                    }
                });
    }

    private static <T> T onThread(long stack, Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(null, future, "guest", stack);
        thread.start();
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    @Test
    void aStoreMayMoveToAThreadWithASmallerStack() throws Exception {
        ModuleCode code = Guest.compile(RECURSION, null);
        try (Guest guest = new Guest(code, Map.of("f", NOTHING))) {
            assertThat(onThread(64 << 20, () -> guest.call("even", 1_000_000))).isEqualTo(1);
            onThread(
                    512 << 10,
                    () -> {
                        assertExhausted(guest);
                        return 0;
                    });
            assertThat(onThread(64 << 20, () -> guest.call("even", 1_000_001))).isZero();
        }
    }

    /// At each depth of Java's stack down to its end: what remains is enough for the call, or it
    /// traps. The JVM would die otherwise.
    @Test
    void callsWithLittleStackLeftTrap() throws Exception {
        ModuleCode code = Guest.compile(RECURSION, null);
        try (Guest guest = new Guest(code, Map.of("f", NOTHING))) {
            int[] outcomes = new int[2];
            onThread(
                    1 << 20,
                    () -> {
                        descend(guest, outcomes);
                        return 0;
                    });
            assertThat(outcomes[0]).isPositive();
            assertThat(outcomes[1]).isPositive();
            guest.call("host");
        }
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static void descend(Guest guest, int[] outcomes) {
        try {
            guest.call("host");
            outcomes[0]++;
        } catch (Trap t) {
            assertThat(t.kind()).isEqualTo(TrapKind.CALL_STACK_EXHAUSTED);
            outcomes[1]++;
        }
        try {
            descend(guest, outcomes);
        } catch (StackOverflowError e) {
            return;
        }
    }

    @Test
    void anInterruptionEndsLoopsAndRecursionsAndIsOverWhenCleared() throws Exception {
        Guest.inEveryMix(
                RECURSION,
                code -> {
                    try (Guest guest = new Guest(code, Map.of("f", NOTHING))) {
                        FutureTask<Throwable> running =
                                new FutureTask<>(() -> catchThrowable(() -> guest.call("loop")));
                        Thread thread = new Thread(running);
                        thread.start();
                        Thread.sleep(20);
                        guest.store.interrupt();
                        assertThat(running.get())
                                .isInstanceOfSatisfying(
                                        Trap.class,
                                        t -> assertThat(t.kind()).isEqualTo(TrapKind.INTERRUPTED));
                        thread.join();
                        assertThatThrownBy(() -> guest.call("even", 50))
                                .hasMessage(TrapKind.INTERRUPTED.text());
                        guest.store.clearInterrupt();
                        assertThat(guest.call("even", 50)).isEqualTo(1);
                        assertExhausted(guest);
                    }
                });
    }

    @Test
    void virtualThreadsRunGuestsThatBlock() throws Exception {
        ModuleCode code = Guest.compile(RECURSION, 1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(
                        executor.submit(() -> {
                            try (Guest guest = new Guest(code, Map.of("f", BoundaryTest::pause))) {
                                for (int k = 0; k < 5; k++) {
                                    guest.call("host");
                                    assertThat(guest.call("touch", 8)).isEqualTo(5);
                                    assertThatThrownBy(() -> guest.call("touch", -1))
                                            .isInstanceOf(Trap.class);
                                }
                            }
                            return 1;
                        }));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(1);
            }
        }
    }

    private static void pause(Object store, @Nullable Object caller, long slots) {
        try {
            Thread.sleep(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void manyThreadsCallWhileGarbageIsCollected() throws Exception {
        ModuleCode code = Guest.compile(THROUGH_TWO, null);
        HostFunction f =
                (store, caller, slots) -> {
                    Object[] garbage = new Object[64];
                    Slots.putI32(slots, 0, Slots.getI32(slots, 0) + garbage.length);
                };
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int first = i;
                all.add(executor.submit(() -> manyCalls(code, f, first)));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(1);
            }
        }
    }

    private static int manyCalls(ModuleCode code, HostFunction f, int first) {
        try (Guest guest = new Guest(code, Map.of("f", f))) {
            for (int k = first; k < 20_000; k++) {
                assertThat(guest.call("g", k)).isEqualTo(2L * (k + 65));
                if (k % 100 == 0) {
                    assertThatThrownBy(() -> guest.call("fail", 0)).isInstanceOf(Trap.class);
                }
                if (k % 2000 == 0) {
                    System.gc();
                }
            }
        }
        return 1;
    }

    @Test
    void aReferenceThatOnlyANativeFrameHoldsStaysAlive() throws Exception {
        String text =
                """
                (module
                  (import "h" "make" (func $make (result externref)))
                  (import "h" "churn" (func $churn (param i64 i64 i64)))
                  (func (export "keep") (result externref) (local $r externref)
                    (local.set $r (call $make))
                    (call $churn (i64.const 1) (i64.const 2) (i64.const 3))
                    (local.get $r)))
                """;
        ModuleCode code = Guest.compile(text, null);
        Object kept = new Object();
        HostFunction make = (store, caller, slots) -> Slots.putI64(slots, 0, store.handle(kept));
        HostFunction churn =
                (store, caller, slots) -> {
                    for (int i = 0; i < 100_000; i++) {
                        store.handle(new Object());
                    }
                };
        try (Guest guest = new Guest(code, Map.of("make", make, "churn", churn))) {
            assertThat(guest.store.object(guest.call("keep"))).isSameAs(kept);
        }
    }

    /// With fuel everything runs on the interpreter, whose backtraces are the measure.
    @Test
    void backtracesAreTheInterpreters() throws Exception {
        String text =
                """
                (module $m
                  (import "h" "fail" (func $fail))
                  (type $t (func (param i32) (result i32)))
                  (memory 1)
                  (table 4 funcref)
                  (elem (i32.const 0) $leaf $fail)
                  (func $leaf (type $t)
                    (block $4 (block $3 (block $2 (block $1 (block $0
                      (br_table $0 $1 $2 $3 $4 (local.get 0)))
                      (return (i32.div_u (i32.const 1) (i32.const 0))))
                      (return (i32.load8_u offset=65535 (i32.const 1))))
                      (return (table.get 0 (i32.const 4)) (drop) (i32.const 1)))
                      (call $fail))
                    (if (i32.eq (local.get 0) (i32.const 4)) (then (call $fail)) (else (call $fail)))
                    (memory.fill (i32.const 65530) (i32.const 0) (local.get 0))
                    (call_indirect (type $t) (i32.const 5) (i32.const 1)))
                  (func $middle (type $t)
                    (i32.add (i32.const 1)
                      (call_indirect (type $t) (local.get 0) (i32.const 0))))
                  (func $twice (type $t)
                    (if (result i32) (i32.and (local.get 0) (i32.const 1))
                      (then (call $middle (local.get 0)))
                      (else (call $middle (local.get 0)))))
                  (func (export "run") (type $t) (i32.mul (call $twice (local.get 0)) (i32.const 3))))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    boolean[] fails = new boolean[1];
                    HostFunction fail =
                            (store, caller, slots) -> {
                                if (fails[0]) {
                                    throw new Trap(TrapKind.OUT_OF_MEMORY);
                                }
                            };
                    try (Guest guest = new Guest(code, Map.of("fail", fail));
                            Guest measure = new Guest(code, Map.of("fail", fail))) {
                        measure.store.fuel(1 << 30);
                        for (int i = 0; i < 8; i++) {
                            fails[0] = i < 6;
                            Trap expected = trap(measure, i);
                            Trap trap = trap(guest, i);
                            assertThat(trap.kind()).isEqualTo(expected.kind());
                            assertThat(trap.frames()).as("case %d", i).isEqualTo(expected.frames());
                            assertThat(trap.frames()).hasSize(4);
                        }
                    }
                });
    }

    /// The function needs a frame only for the trap after the access: LLVM would make it there.
    @Test
    void aFaultInAFunctionThatCallsNothingNamesItsCaller() throws Exception {
        String text =
                """
                (module
                  (memory 1)
                  (func $leaf (param i32) (result i32)
                    (i32.div_u (i32.const 7) (i32.load (local.get 0))))
                  (func (export "run") (param i32) (result i32)
                    (i32.add (i32.const 1) (call $leaf (local.get 0)))))
                """;
        try (Guest guest = new Guest(Guest.compile(text, null), Map.of())) {
            assertThat(trap(guest, -1).frames())
                    .extracting(GuestFrame::function)
                    .containsExactly(0, 1);
        }
    }

    private static Trap trap(Guest guest, int which) {
        return (Trap) catchThrowable(() -> guest.call("run", which));
    }

    @Test
    void argumentsAndResultsOfEveryKindCrossInAnyNumber() throws Exception {
        String types = "i32 i64 f32 f64 v128 i32 f32 f64 i64 i32 f32 v128 f64 i64 externref";
        StringBuilder get = new StringBuilder();
        for (int i = 0; i < types.split(" ").length; i++) {
            get.append("(local.get ").append(i).append(')');
        }
        String signature = "(param " + types + ") (result " + types + ")";
        String text =
                """
                (module
                  (type $t (func SIGNATURE))
                  (import "h" "id" (func $id (type $t)))
                  (table funcref (elem $id $x $y))
                  (func $x (type $t) (call $id GET))
                  (func $y (type $t) (call $x GET))
                  (func (export "z") (param $which i32) SIGNATURE
                    GET1 (call_indirect (type $t) (local.get 0))))
                """
                        .replace("SIGNATURE", signature)
                        .replace("GET1", shifted(get.toString(), types.split(" ").length))
                        .replace("GET", get);
        Guest.inEveryMix(
                text,
                code -> {
                    try (Guest guest = new Guest(code, Map.of("id", NOTHING))) {
                        for (int which = 0; which < 3; which++) {
                            assertThatAllSlotsComeBack(guest, which);
                        }
                    }
                });
    }

    private static String shifted(String get, int count) {
        String shifted = get;
        for (int i = count - 1; i >= 0; i--) {
            shifted = shifted.replace("(local.get " + i + ")", "(local.get  " + (i + 1) + ")");
        }
        return shifted;
    }

    private static void assertThatAllSlotsComeBack(Guest guest, int which) {
        long[] slots = new long[18];
        slots[0] = which;
        for (int i = 1; i < slots.length; i++) {
            slots[i] = 0x0102_0304_0000_0000L * i + 0x3F00_0000L + i;
        }
        slots[17] = guest.store.handle("a");
        guest.store.enter();
        try {
            guest.call("z", slots);
            long base = guest.store.slotTop();
            boolean[] isWide = {
                false, true, false, true, true, true, false, false, true, true, false, false, true,
                true, true, true, true
            };
            for (int i = 0; i < 17; i++) {
                long expected = slots[i + 1];
                if (isWide[i]) {
                    assertThat(Slots.getI64(base, i)).as("slot %d", i).isEqualTo(expected);
                } else {
                    assertThat(Slots.getI32(base, i)).as("slot %d", i).isEqualTo((int) expected);
                }
            }
        } finally {
            guest.store.exit();
        }
    }
}
