package dev.windlass.interpreter.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.ModuleInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Functions that no compiler makes but a guest may send: huge, deep, wide.
@Timeout(60)
class ExtremeCodeTest {
    @Test
    void deepExpressions() {
        int n = 100_000;
        String body = "(local.get 0)" + " i32.const 1 i32.add".repeat(n);
        assertThat(run(body, 5)).isEqualTo(5 + n);
        String right = " local.get 0".repeat(n) + " i32.add".repeat(n - 1);
        assertThat(run(right, 3)).isEqualTo(3 * n);
    }

    @Test
    void manyStatements() {
        int n = 100_000;
        String body =
                " local.get 0 i32.const 3 i32.mul i32.const 1 i32.add local.set 0".repeat(n)
                        + " local.get 0";
        int expected = 7;
        for (int i = 0; i < n; i++) {
            expected = expected * 3 + 1;
        }
        assertThat(run(body, 7)).isEqualTo(expected);
    }

    @Test
    void deepBlocks() {
        int n = 20_000;
        String body =
                "block ".repeat(n)
                        + " local.get 0 i32.const 1 i32.add local.set 0 local.get 0 br_if "
                        + (n - 1)
                        + " end".repeat(n)
                        + " local.get 0";
        assertThat(run(body, 41)).isEqualTo(42);
    }

    @Test
    void wideTable() {
        int n = 65_000;
        String body =
                "block block block local.get 0 br_table "
                        + "0 1 ".repeat(n / 2)
                        + "2 end i32.const 10 return end i32.const 11 return end i32.const 12";
        assertThat(run(body, 0)).isEqualTo(10);
        assertThat(run(body, n - 1)).isEqualTo(11);
        assertThat(run(body, n)).isEqualTo(12);
        assertThat(run(body, -1)).isEqualTo(12);
    }

    @Test
    void tailCallsAcrossInstancesInBoundedStack() {
        try (Guest guest = new Guest()) {
            ModuleInstance first =
                    guest.instance(
                            """
                            (module
                              (type $t (func (param i32 i64) (result i64)))
                              (table (export "t") 2 funcref)
                              (elem (i32.const 0) $even)
                              (func $even (export "f") (type $t)
                                (if (i32.eqz (local.get 0)) (then (return (local.get 1))))
                                (return_call_indirect (type $t)
                                  (i32.sub (local.get 0) (i32.const 1))
                                  (i64.add (local.get 1) (i64.const 2))
                                  (i32.const 1))))
                            """);
            guest.instance(
                    """
                    (module
                      (type $t (func (param i32 i64) (result i64)))
                      (import "m" "t" (table 2 funcref))
                      (elem (i32.const 1) $odd)
                      (func $odd (type $t)
                        (if (i32.eqz (local.get 0)) (then (return (i64.const -1))))
                        (return_call_indirect (type $t)
                          (i32.sub (local.get 0) (i32.const 1))
                          (i64.add (local.get 1) (i64.const 1))
                          (i32.const 0))))
                    """,
                    first.table(0));
            assertThat(guest.call(first, "f", 1_000_000, 0)).isEqualTo(1_500_000);
        }
    }

    @Test
    void memoryThatGrowsInACallIsSeenAfterIt() {
        try (Guest guest = new Guest()) {
            ModuleInstance[] self = new ModuleInstance[1];
            FunctionInstance host =
                    guest.host("", (store, caller, slots) -> self[0].memory(0).grow(100));
            ModuleInstance instance =
                    guest.instance(
                            """
                            (module
                              (import "h" "h" (func $grow))
                              (memory 1)
                              (func (export "f") (result i32)
                                (i32.store (i32.const 8) (i32.const 77))
                                (call $grow)
                                (i32.store (i32.const 6000000) (i32.load (i32.const 8)))
                                (i32.load (i32.const 6000000))))
                            """,
                            host);
            self[0] = instance;
            assertThat((int) guest.call(instance, "f")).isEqualTo(77);
        }
    }

    private static int run(String body, int argument) {
        try (Guest guest = new Guest()) {
            ModuleInstance instance =
                    guest.instance(
                            "(module (func (export \"f\") (param i32) (result i32) " + body + "))");
            return (int) guest.call(instance, "f", argument);
        }
    }
}
