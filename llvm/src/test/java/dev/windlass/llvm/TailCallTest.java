package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.spi.ModuleCode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tail calls among compiled functions, interpreted ones and the host's.
@Timeout(120)
final class TailCallTest {
    private static final int DEEP = 500_000;
    private static final int SMALL_STACK = 512 << 10;

    private static void onSmallStack(Callable<Void> task) throws Exception {
        FutureTask<Void> future = new FutureTask<>(task);
        Thread thread = new Thread(null, future, "guest", SMALL_STACK);
        thread.start();
        future.get();
    }

    @Test
    void chainsOfTailCallsNeedNoStack() throws Exception {
        Guest.inEveryMix(
                TailCallChain.TEXT,
                code ->
                        onSmallStack(() -> {
                            try (Guest guest = new Guest(code, Map.of())) {
                                assertThat(guest.call("direct", DEEP)).isEqualTo(1);
                                assertThat(guest.call("reference", DEEP + 1)).isEqualTo(1);
                                assertThat(guest.call("counted", DEEP)).isEqualTo(3);
                            }
                            return null;
                        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void chainsOfTailCallsNeedNoStackAtAnyLevel(int level) throws Exception {
        ModuleCode code = atLevel(level, TailCallChain.TEXT);
        onSmallStack(() -> {
            try (Guest guest = new Guest(code, Map.of())) {
                assertThat(guest.call("counted", DEEP)).isEqualTo(3);
            }
            return null;
        });
    }

    private static ModuleCode atLevel(int level, String text) {
        System.setProperty("windlass.llvm.level", String.valueOf(level));
        try {
            return Guest.compile(text, null);
        } finally {
            System.clearProperty("windlass.llvm.level");
        }
    }

    /// What LLVM must not do: make a loop of a call in tail position, or a call of a tail call.
    @Test
    void onlyTailCallsAreTailCalls() throws Exception {
        String text =
                """
                (module
                  (func $f (export "f") (param i32) (result i32)
                    (if (result i32) (i32.eqz (local.get 0)) (then unreachable)
                      (else (call $f (i32.sub (local.get 0) (i32.const 1))))))
                  (func $g (export "g") (param i32) (result i32)
                    (if (result i32) (i32.eqz (local.get 0)) (then unreachable)
                      (else (return_call $g (i32.sub (local.get 0) (i32.const 1)))))))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    try (Guest guest = new Guest(code, Map.of())) {
                        Trap trap = (Trap) catchThrowable(() -> guest.call("f", 20));
                        assertThat(trap.frames()).hasSize(21);
                        trap = (Trap) catchThrowable(() -> guest.call("g", 20));
                        assertThat(trap.frames()).hasSize(1);
                    }
                });
    }

    /// From each list of parameters to each other one, the results being those of the first.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void argumentsOfEveryKindArriveInAnyNumber(int level) throws Exception {
        List<String> lists =
                List.of(
                        "",
                        "i32",
                        "i64 i32 i64 i32 i64",
                        "i64 i32 i64 i32 i64 i32",
                        "f32 f64 f32 f64 f32 f64 f32 f64",
                        "f32 f64 v128 f64 f32 v128 f32 f64 f32",
                        "v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128",
                        "i32 ".repeat(25).strip(),
                        "i32 f32 i64 f64 v128 ".repeat(5).strip());
        String text = module(lists);
        try (Guest guest = new Guest(atLevel(level, text), Map.of())) {
            assertThatAllArrive(guest, lists.size());
        }
        if (level == 1) {
            Guest.inEveryMix(
                    text,
                    code -> {
                        try (Guest guest = new Guest(code, Map.of())) {
                            assertThatAllArrive(guest, lists.size());
                        }
                    });
        }
    }

    private static void assertThatAllArrive(Guest guest, int lists) {
        for (int from = 0; from < lists; from++) {
            for (int to = 0; to < lists; to++) {
                assertThat(guest.call("start" + from + "to" + to)).as("%d to %d", from, to).isOne();
            }
        }
    }

    /// Functions `start` call `from`, which tail-calls `check`, which compares what it got; all
    /// return three results.
    private static String module(List<String> lists) {
        String results = "(result i32 f64 v128)";
        StringBuilder text = new StringBuilder("(module ");
        for (int to = 0; to < lists.size(); to++) {
            text.append("(func $check").append(to).append(params(lists.get(to))).append(results);
            text.append("(local $ok i32) (local.set $ok (i32.const 1))");
            String[] types = types(lists.get(to));
            for (int i = 0; i < types.length; i++) {
                text.append("(local.set $ok (i32.and (local.get $ok) ")
                        .append(equal(types[i], "(local.get " + i + ")", value(types[i], i)))
                        .append("))");
            }
            text.append("(local.get $ok) (f64.const 7.5) (v128.const i64x2 -3 9))\n");
            for (int from = 0; from < lists.size(); from++) {
                String way = from + "to" + to;
                text.append("(func $from").append(way).append(params(lists.get(from)));
                text.append(results).append(values(types)).append("return_call $check").append(to);
                text.append(")\n(func (export \"start").append(way).append("\") ").append(results);
                text.append("(local i32 f64 v128)");
                text.append(values(types(lists.get(from)))).append("call $from").append(way);
                text.append(" local.set 2 local.set 1 local.set 0 (i32.and (local.get 0) (i32.and ")
                        .append(equal("f64", "(local.get 1)", "(f64.const 7.5)"))
                        .append(equal("v128", "(local.get 2)", "(v128.const i64x2 -3 9)"))
                        .append(")) (f64.const 0) (v128.const i64x2 0 0))\n");
            }
        }
        return text.append(')').toString();
    }

    private static String[] types(String list) {
        return list.isEmpty() ? new String[0] : list.split(" ");
    }

    private static String params(String list) {
        return list.isEmpty() ? " " : " (param " + list + ") ";
    }

    private static String values(String[] types) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < types.length; i++) {
            text.append(value(types[i], i));
        }
        return text.toString();
    }

    private static String value(String type, int i) {
        String constant =
                type.equals("v128") ? "v128.const i64x2 " + (i + 77) + ' ' : type + ".const ";
        return " (" + constant + (type.startsWith("f") ? i + ".25" : String.valueOf(-i - 1)) + ") ";
    }

    private static String equal(String type, String a, String b) {
        return type.equals("v128")
                ? " (i8x16.all_true (i8x16.eq " + a + b + ")) "
                : " (" + type + ".eq " + a + b + ") ";
    }

    private static final String TRAPPING =
            """
            (module
              (import "h" "fail" (func $fail (param i32) (result i32)))
              (type $t (func (param i32) (result i32)))
              (table 5 funcref)
              (elem (i32.const 0) $divide $touch $fail $wide)
              (memory 1)
              (func $divide (type $t) (i32.div_u (i32.const 1) (i32.const 0)))
              (func $touch (type $t) (i32.load offset=65535 (i32.const 1)))
              (func $wide (param i32 i64) (result i32) (i32.const 0))
              (func $middle (type $t)
                (return_call_indirect (type $t) (local.get 0) (local.get 0)))
              (func $twice (type $t) (i32.add (call $middle (local.get 0)) (i32.const 1)))
              (func $host (type $t) (return_call $fail (local.get 0)))
              (func $pick (type $t)
                (if (i32.lt_u (local.get 0) (i32.const 6))
                  (then (return_call $twice (local.get 0))))
                (drop (call $host (local.get 0)))
                (return_call $host (i32.const 100)))
              (func (export "run") (type $t) (i32.mul (call $pick (local.get 0)) (i32.const 3))))
            """;

    /// With fuel everything runs on the interpreter, whose backtraces are the measure.
    @Test
    void backtracesAreTheInterpreters() throws Exception {
        Guest.inEveryMix(
                TRAPPING,
                code -> {
                    HostFunction fail =
                            (store, caller, slots) -> {
                                if (Slots.getI32(slots, 0) != 7) {
                                    throw new Trap(TrapKind.OUT_OF_MEMORY);
                                }
                            };
                    try (Guest guest = new Guest(code, Map.of("fail", fail));
                            Guest measure = new Guest(code, Map.of("fail", fail))) {
                        measure.store.fuel(1 << 30);
                        long top = guest.store.slotTop();
                        for (int i = 0; i < 8; i++) {
                            Trap expected = trap(measure, i);
                            Trap trap = trap(guest, i);
                            assertThat(trap.kind()).isEqualTo(expected.kind());
                            assertThat(trap.frames()).as("case %d", i).isEqualTo(expected.frames());
                            assertThat(guest.store.slotTop()).isEqualTo(top);
                        }
                    }
                });
    }

    private static Trap trap(Guest guest, int which) {
        return (Trap) catchThrowable(() -> guest.call("run", which));
    }

    @Test
    void whatTheHostThrowsPassesAFunctionThatIsGone() throws Exception {
        String text =
                """
                (module
                  (import "h" "f" (func $f (param i32 i32) (result i32)))
                  (func $a (param i32) (result i32) (return_call $f (local.get 0) (i32.const 2)))
                  (func (export "g") (param i32) (result i32)
                    (i32.mul (call $a (local.get 0)) (i32.const 2))))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    IllegalStateException thrown = new IllegalStateException("x");
                    ModuleInstance[] self = new ModuleInstance[1];
                    HostFunction f =
                            (store, caller, slots) -> {
                                assertThat(caller).isSameAs(self[0]);
                                if (Slots.getI32(slots, 0) < 0) {
                                    throw thrown;
                                }
                                Slots.putI32(slots, 0, Slots.getI32(slots, 0) - 2);
                            };
                    try (Guest guest = new Guest(code, Map.of("f", f))) {
                        self[0] = guest.instance;
                        for (int i = 0; i < 3; i++) {
                            assertThat(guest.call("g", 23)).isEqualTo(42);
                            assertThat(catchThrowable(() -> guest.call("g", -1))).isSameAs(thrown);
                        }
                    }
                });
    }

    /// A function's handlers are gone with it; those of its caller get what its callee throws.
    @Test
    void aTailCallLeavesTheHandlersOfItsFunction() throws Exception {
        String text =
                """
                (module
                  (tag $e (param i32))
                  (func $throw (param i32 i64 i64 i64 i64 i64 i64) (result i32)
                    (throw $e (i32.add (local.get 0) (i32.wrap_i64 (local.get 6)))))
                  (func $tail (param i32) (result i32)
                    (block $own (result i32)
                      (try_table (result i32) (catch $e $own)
                        (return_call $throw (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3)
                          (i64.const 4) (i64.const 5) (i64.const 6))))
                    (i32.const 1000) (i32.add))
                  (func $between (param i32) (result i32) (return_call $tail (local.get 0)))
                  (func (export "f") (param i32) (result i32)
                    (block $caught (result i32)
                      (try_table (result i32) (catch $e $caught) (call $between (local.get 0)))
                      (i32.const 2000) (i32.add))
                    (return_call $twice))
                  (func $twice (param i32) (result i32) (i32.mul (local.get 0) (i32.const 2))))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    try (Guest guest = new Guest(code, Map.of())) {
                        for (int i = 0; i < 100; i++) {
                            assertThat(guest.call("f", 15)).isEqualTo(42);
                        }
                    }
                });
    }

    /// Each function works on the memory of its own instance; one of the modules has no tail calls.
    @Test
    void theCalleesInstanceIsTheCurrentOne() throws Exception {
        String first =
                """
                (module
                  (type $t (func (param i32 i64 i64 i64 i64 i64 i64) (result i64)))
                  (memory 1) (data (i32.const 8) "\\05")
                  (table (export "table") 2 funcref) (elem (i32.const 0) $load)
                  (func $load (export "load") (type $t)
                    (i64.add (i64.load (i32.const 8))
                      (i64.add (local.get 5) (i64.mul (local.get 6) (i64.const 10))))))
                """;
        String second =
                """
                (module
                  (type $t (func (param i32 i64 i64 i64 i64 i64 i64) (result i64)))
                  (import "m" "table" (table 2 funcref))
                  (import "m" "load" (func $load (type $t)))
                  (memory 1) (data (i32.const 8) "\\06")
                  (elem (i32.const 1) $own)
                  (func $own (type $t)
                    (if (local.get 0)
                      (then (return_call_indirect (type $t)
                        (i32.sub (local.get 0) (i32.const 1)) (local.get 1) (local.get 2)
                        (local.get 3) (local.get 4) (i64.load (i32.const 8)) (local.get 6)
                        (i32.const 1))))
                    (return_call $load (local.get 0) (local.get 1) (local.get 2) (local.get 3)
                      (local.get 4) (local.get 5) (local.get 6)))
                  (func (export "run") (param i32) (result i64)
                    (return_call_indirect (type $t)
                      (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4)
                      (i64.const 0) (i64.const 7) (i32.const 1))))
                """;
        ModuleCode callee = Guest.compile(first, null);
        ModuleCode interpreted = Guest.compile(first, 1);
        Guest.inEveryMix(
                second,
                code -> {
                    for (ModuleCode m : List.of(callee, interpreted)) {
                        try (Guest guest = new Guest(m, Map.of())) {
                            ModuleInstance caller = guest.instance(code, Map.of());
                            assertThat(guest.call(caller, "run", 0)).isEqualTo(75);
                            assertThat(guest.call(caller, "run", 1000)).isEqualTo(81);
                        }
                    }
                });
    }

    @Test
    void anInterruptionEndsAnEndlessChain() throws Exception {
        String text =
                """
                (module
                  (func $a (export "a") (param i32) (return_call $b (local.get 0) (i32.const 1)))
                  (func $b (param i32 i32) (return_call $c))
                  (func $c (return_call $a (i32.const 1))))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    try (Guest guest = new Guest(code, Map.of())) {
                        FutureTask<Throwable> running =
                                new FutureTask<>(() -> catchThrowable(() -> guest.call("a", 0)));
                        Thread thread = new Thread(running);
                        thread.start();
                        Thread.sleep(20);
                        guest.store.interrupt();
                        assertThat(running.get()).hasMessage(TrapKind.INTERRUPTED.text());
                        thread.join();
                    }
                });
    }

    /// So many functions that they are compiled in several batches.
    @Test
    void tailCallsReachOtherObjectFiles() throws Exception {
        StringBuilder text = new StringBuilder("(module ");
        int count = 6;
        for (int i = 0; i < count; i++) {
            text.append("(func $f").append(i).append(" (export \"f").append(i).append("\")");
            text.append("(param i32) (result i32) ").append("nop ".repeat(50_000));
            text.append("(if (i32.eqz (local.get 0)) (then (return (i32.const ").append(i);
            text.append(")))) (return_call $f").append((i + 1) % count);
            text.append("(i32.sub (local.get 0) (i32.const 1))))\n");
        }
        Guest.inEveryMix(
                text.append(')').toString(),
                code ->
                        onSmallStack(() -> {
                            try (Guest guest = new Guest(code, Map.of())) {
                                assertThat(guest.call("f2", 600_001)).isEqualTo(3);
                            }
                            return null;
                        }));
    }

    @Test
    void aCallThatCannotBeMadeTrapsInItsCaller() throws Exception {
        String text =
                """
                (module
                  (type $t (func (param i32)))
                  (table 3 funcref) (elem (i32.const 0) $other)
                  (func $other)
                  (func (export "table") (type $t) (return_call_indirect (type $t)
                    (local.get 0) (local.get 0)))
                  (func (export "null") (return_call_ref $t (i32.const 0) (ref.null $t))))
                """;
        Guest.inEveryMix(
                text,
                code -> {
                    try (Guest guest = new Guest(code, Map.of())) {
                        assertTrap(guest, TrapKind.INDIRECT_CALL_TYPE_MISMATCH, "table", 0);
                        assertTrap(guest, TrapKind.UNINITIALIZED_ELEMENT, "table", 1);
                        assertTrap(guest, TrapKind.UNDEFINED_ELEMENT, "table", 3);
                        assertTrap(guest, TrapKind.NULL_FUNCTION_REFERENCE, "null");
                    }
                });
    }

    private static void assertTrap(Guest guest, TrapKind kind, String name, long... arguments) {
        assertThatThrownBy(() -> guest.call(name, arguments))
                .isInstanceOfSatisfying(
                        Trap.class,
                        t -> {
                            assertThat(t.kind()).isEqualTo(kind);
                            assertThat(t.frames()).hasSize(1);
                        });
    }
}
