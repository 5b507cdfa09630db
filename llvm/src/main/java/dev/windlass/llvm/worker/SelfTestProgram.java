package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.Compiler;
import dev.windlass.llvm.LlvmEngine;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.Instantiation;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.StoreLimits;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.WatParser;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// The process of [SelfTest]: one module at every level.
final class SelfTestProgram {
    private static final String TEXT =
            """
            (module
              (memory 1)
              (table funcref (elem $last))
              (type $twelve (func (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 f64) (result i64)))
              (func (export "sum") (result i64) (local $i i32) (local $s i64)
                (loop
                  (i64.store (i32.shl (local.get $i) (i32.const 3)) (i64.extend_i32_u (local.get $i)))
                  (br_if 0 (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 1000))))
                (loop
                  (local.set $i (i32.sub (local.get $i) (i32.const 1)))
                  (local.set $s
                    (i64.add (local.get $s) (i64.load (i32.shl (local.get $i) (i32.const 3)))))
                  (br_if 0 (local.get $i)))
                (local.get $s))
              (func $last (type $twelve)
                (i64.add (i64.sub (local.get 10) (local.get 0)) (i64.trunc_f64_s (local.get 11))))
              (func (export "tail") (result i64)
                (return_call_indirect (type $twelve)
                  (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6)
                  (i64.const 7) (i64.const 8) (i64.const 9) (i64.const 10) (i64.const 1111)
                  (f64.const 0.5) (i32.const 0)))
              (func (export "vector") (result i64)
                (i64.extend_i32_s
                  (i32x4.extract_lane 2
                    (i32x4.mul (v128.const i32x4 1 2 3 4) (i32x4.splat (i32.const -5))))))
              (func (export "outside") (result i64) (i64.load (i32.const 65535)))
              (func $selected (param i32 i32) (result i64)
                (select (i64.load (local.get 0)) (i64.const 7) (local.get 1)))
              (func (export "not selected") (result i64)
                (call $selected (i32.const 65529) (i32.const 0)))
              (func (export "divide") (result i64) (i64.div_s (i64.const 1) (i64.load (i32.const 0)))))
            """;

    /// What the exports do; a trap is its text.
    private static final Map<String, String> EXPECTED =
            new TreeMap<>(
                    Map.of(
                            "sum", "499500",
                            "tail", "1110",
                            "vector", "-15",
                            "outside", "out of bounds memory access",
                            "not selected", "out of bounds memory access",
                            "divide", "integer divide by zero"));

    private SelfTestProgram() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(said());
        } catch (Throwable e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.out.println(cause.getMessage());
        }
    }

    /// What is wrong, or [SelfTest#PASSED].
    private static String said() {
        Module module = WatParser.parseModule(TEXT, Features.ALL).validated(Features.ALL);
        for (int level = 0; level <= 2; level++) {
            CompileOptions options = CompileOptions.forThisMachine().atLevel(level);
            LlvmEngine engine = new LlvmEngine(new Compiler(options, Compiler.Progress.NONE));
            try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
                ModuleInstance instance =
                        Instantiation.instantiate(store, engine.load(module), List.of());
                for (Map.Entry<String, String> each : EXPECTED.entrySet()) {
                    String result = result(store, instance, each.getKey());
                    if (!result.equals(each.getValue())) {
                        return each.getKey() + " gives " + result + " at -O" + level;
                    }
                }
            }
        }
        return SelfTest.PASSED;
    }

    private static String result(RuntimeStore store, ModuleInstance instance, String name) {
        FunctionInstance function =
                Objects.requireNonNull((FunctionInstance) instance.export(name));
        store.enter();
        try {
            long slots = store.slotTop();
            store.invoke(function, slots);
            return String.valueOf(Slots.getI64(slots, 0));
        } catch (Trap trap) {
            return String.valueOf(trap.getMessage());
        } finally {
            store.exit();
        }
    }
}
