package dev.windlass.interpreter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.Trap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions that become one node do what their parts do. `[i ...]` marks an operand of type i32,
/// `[d ...]` one of type f64: in the second function each goes through a call, so that nothing can be
/// joined.
class FoldedNodesTest {
    private static final String HELPERS =
            """
            (func $i (param i32) (result i32) (local.get 0))
            (func $d (param f64) (result f64) (local.get 0))
            """;

    private static final int[] VALUES = {0, 1, 8, 1000, 65_528, 65_529, 65_535, 65_536, -1, -8};

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(f64.store (local.get 0) [d (f64.add [d (f64.load (local.get 0))]"
                        + " [d (f64.mul (local.get 3) [d (f64.load (local.get 1))])])])",
                "(f64.store (local.get 2) [d (f64.add [d (f64.load offset=8 (local.get 0))]"
                        + " [d (f64.mul (local.get 3)"
                        + " [d (f64.load offset=4 [i (i32.add (local.get 1) (i32.const 24))])])])])",
                "(f64.store offset=16 [i (i32.add (local.get 0) (i32.const 8))]"
                        + " [d (f64.add [d (f64.load (local.get 0))]"
                        + " [d (f64.mul (local.get 3) [d (f64.load (local.get 1))])])])",
                "(f64.store (local.get 0) [d (f64.add [d (f64.load (local.get 0))]"
                        + " [d (f64.mul (local.get 3) [d (f64.load (local.get 1))])])])"
                        + "(local.set 0 [i (i32.add (local.get 0) (i32.const 8))])"
                        + "(f64.store (local.get 0) [d (f64.add [d (f64.load (local.get 0))]"
                        + " [d (f64.mul (local.get 3)"
                        + " [d (f64.load [i (i32.add (local.get 1) (i32.const 8))])])])])"
                        + "(local.set 1 [i (i32.add (local.get 1) (i32.const 16))])",
                "(i32.store8 (local.get 0) [i (i32.load8_u"
                        + " [i (i32.add [i (i32.shr_u (local.get 1) (i32.const 2))] (i32.const 100))])])",
                "(i32.store8 offset=3 [i (i32.add (local.get 0) (i32.const -2))] [i (i32.load8_u offset=7"
                        + " [i (i32.add [i (i32.and (local.get 1) (i32.const 0x3fff))] (i32.const -5))])])",
                "(i32.store8 (local.get 0) [i (i32.load8_u [i (i32.add [i (i32.and [i (i32.shr_u"
                        + " [i (i32.or (local.get 1) (local.get 2))] (i32.const 6))]"
                        + " (i32.const 255))] (i32.const 65300))])])",
                "(i32.store8 (local.get 0) [i (i32.load8_u offset=1 [i (i32.add"
                        + " [i (i32.add (local.get 1) (i32.const 16))]"
                        + " [i (i32.load8_u (local.get 2))])])])",
                "(i32.store (local.get 0) [i (i32.shl [i (i32.load8_u [i (i32.add"
                        + " [i (i32.add (local.get 1) (i32.const 65400))]"
                        + " [i (i32.load8_u offset=1 [i (i32.add (local.get 2) (i32.const 3))])])])]"
                        + " (i32.const 18))])",
                "(i32.store (local.get 0) [i (i32.and [i (i32.shr_u [i (i32.load (local.get 1))]"
                        + " (i32.const 37))] (i32.const 0x7f7f))])",
                "(i32.store (local.get 0) [i (i32.and [i (i32.load (local.get 1))]"
                        + " [i (i32.shr_u [i (i32.load (local.get 2))] (i32.const 3))])])",
                "(i32.store (local.get 0) [i (i32.add [i (i32.shr_u [i (i32.load (local.get 1))]"
                        + " (i32.const 3))] [i (i32.shl (local.get 2) (i32.const 1))])])",
                "(i32.store (local.get 0) [i (i32.add [i (i32.div_u (local.get 1) (local.get 2))]"
                        + " [i (i32.load8_u [i (i32.add (local.get 1) (i32.const 5))])])])",
                "(i32.store (local.get 0) [i (i32.sub [i (i32.and [i (i32.shr_u [i (i32.load8_u"
                        + " (local.get 1))] (i32.const 1))] (i32.const 15))] (local.get 2))])",
            })
    void joinedAndApart(String body) {
        try (Guest guest = new Guest()) {
            ModuleInstance joined = guest.instance(module(body, false));
            ModuleInstance apart = guest.instance(module(body, true));
            for (int a : VALUES) {
                for (int b : VALUES) {
                    for (int c : VALUES) {
                        assertThat(outcome(guest, joined, a, b, c))
                                .as("%d %d %d", a, b, c)
                                .isEqualTo(outcome(guest, apart, a, b, c));
                    }
                }
            }
        }
    }

    static List<String> counters() {
        List<String> loops = new ArrayList<>();
        for (String op :
                List.of("eq", "ne", "lt_s", "lt_u", "le_s", "le_u", "gt_s", "gt_u", "ge_s")) {
            for (String step : List.of("1", "-1")) {
                String tee = "(local.tee 0 [i (i32.add (local.get 0) (i32.const " + step + "))])";
                loops.add("[i (i32." + op + " " + tee + " (local.get 1))]");
                loops.add("[i (i32." + op + " (local.get 1) " + tee + ")]");
            }
        }
        return loops;
    }

    /// A loop whose counter is compared, whichever side it is on; it ends after ten rounds anyway.
    @ParameterizedTest
    @MethodSource("counters")
    void countersOnEitherSide(String condition) {
        String body =
                """
                (loop
                  (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))
                  (br_if 1 (i32.ge_u (i32.load (i32.const 0)) (i32.const 10)))
                  (br_if 0 %1$s))
                (loop
                  (local.set 2 (i32.add (i32.mul (local.get 2) (i32.const 3)) (local.get 0)))
                  (br_if 0 (i32.and %1$s (i32.lt_u (local.get 2) (i32.const 50000)))))
                (i32.store (i32.const 4) (i32.add (local.get 0) (local.get 2)))
                """
                        .formatted(condition);
        try (Guest guest = new Guest()) {
            ModuleInstance joined = guest.instance(module(body, false));
            ModuleInstance apart = guest.instance(module(body, true));
            for (int a : new int[] {0, 3, -1, Integer.MAX_VALUE - 1, Integer.MIN_VALUE}) {
                for (int b : new int[] {0, 5, -4, Integer.MAX_VALUE}) {
                    assertThat(outcome(guest, joined, a, b, 1))
                            .as("%d %d", a, b)
                            .isEqualTo(outcome(guest, apart, a, b, 1));
                }
            }
        }
    }

    private static String module(String body, boolean apart) {
        String code =
                body.replaceAll("\\[([id]) ", apart ? "(call \\$$1 " : "")
                        .replace("]", apart ? ")" : "");
        return "(module (memory 1) (data (i32.const 0) \"%s\") (data (i32.const 65500) \"%s\") %s"
                        .formatted(
                                "\\81\\42\\07\\f0".repeat(8), "\\13\\99\\3f\\40".repeat(9), HELPERS)
                + "(func (export \"f\") (param i32 i32 i32 f64) (block %s))".formatted(code)
                + """
                (func (export "sum") (result i64) (local $p i32) (local $h i64)
                  (loop
                    (local.set $h (i64.add (i64.mul (local.get $h) (i64.const 31))
                      (i64.load (local.get $p))))
                    (local.set $p (i32.add (local.get $p) (i32.const 8)))
                    (br_if 0 (i32.lt_u (local.get $p) (i32.const 65536))))
                  (local.get $h)))
                """;
    }

    private static String outcome(Guest guest, ModuleInstance instance, int a, int b, int c) {
        String end = "returned";
        try {
            guest.call(instance, "f", a, b, c, Double.doubleToRawLongBits(1.5));
        } catch (Trap trap) {
            end = trap.getMessage();
        }
        return end + ", memory " + guest.call(instance, "sum");
    }
}
