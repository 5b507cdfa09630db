package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Functions of linked modules are replaced while they run.
final class LinkedCodeTest {
    /// Each export calls `$value` in another way until it gives 2, and counts.
    private static final String TEXT =
            """
            (module
              (type $f (func (result i32)))
              (table funcref (elem $value))
              (func $value (type $f) (i32.const VALUE))
              (func $tail (type $f) (TAIL))
              (func $deep (param i32) (result i32)
                (if (result i32) (local.get 0)
                  (then (call $deep (i32.sub (local.get 0) (i32.const 1))))
                  (else (i32.div_s (i32.const 8) (i32.sub (i32.const 2) (call $value))))))
              (elem declare func $value)
              (func (export "direct") (result i64) (local i64)
                (loop
                  (local.set 0 (i64.add (local.get 0) (i64.const 1)))
                  (br_if 0 (i32.ne (call $value) (i32.const 2))))
                (local.get 0))
              (func (export "indirect") (result i64) (local i64)
                (loop
                  (local.set 0 (i64.add (local.get 0) (i64.const 1)))
                  (br_if 0 (i32.ne (call_indirect (type $f) (i32.const 0)) (i32.const 2))))
                (local.get 0))
              (func (export "reference") (result i64) (local i64)
                (loop
                  (local.set 0 (i64.add (local.get 0) (i64.const 1)))
                  (br_if 0 (i32.ne (call_ref $f (ref.func $value)) (i32.const 2))))
                (local.get 0))
              (func (export "tail") (result i64) (local i64)
                (loop
                  (local.set 0 (i64.add (local.get 0) (i64.const 1)))
                  (br_if 0 (i32.ne (call $tail) (i32.const 2))))
                (local.get 0))
              (func (export "value") (type $f) (call $value))
              (func (export "deep") (result i32) (call $deep (i32.const 5))))
            """;

    private static Module module(int value, String tail) {
        return WatParser.parseModule(
                        TEXT.replace("VALUE", "" + value).replace("TAIL", tail), Features.ALL)
                .validated(Features.ALL);
    }

    private static LlvmEngine engine(CompileOptions options) {
        return new LlvmEngine(new Compiler(options, Compiler.Progress.NONE));
    }

    private static ModuleInstance instance(RuntimeStore store, LlvmModuleCode code) {
        return Instantiation.instantiate(store, code, List.of());
    }

    private static long call(RuntimeStore store, ModuleInstance instance, String name) {
        FunctionInstance function =
                Objects.requireNonNull((FunctionInstance) instance.export(name));
        store.enter();
        try {
            long slots = store.slotTop();
            store.invoke(function, slots);
            return Slots.getI64(slots, 0);
        } finally {
            store.exit();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, direct, call $value",
        "1, direct, call $value",
        "2, direct, call $value",
        "1, indirect, call $value",
        "2, reference, call $value",
        "0, tail, return_call $value",
        "1, tail, return_call $value",
        "2, direct, return_call $value"
    })
    void aFunctionIsReplacedWhileItRuns(int level, String how, String tail) throws Exception {
        LlvmEngine engine = engine(CompileOptions.forThisMachine().atLevel(level).linked());
        LlvmModuleCode one = (LlvmModuleCode) engine.load(module(1, tail));
        LlvmModuleCode two = (LlvmModuleCode) engine.load(module(2, tail));
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance instance = instance(store, one);
            assertThat(call(store, instance, "value")).isEqualTo(1);
            CompletableFuture<Long> count =
                    CompletableFuture.supplyAsync(() -> call(store, instance, how));
            Thread.sleep(50);
            assertThat(count.isDone()).isFalse();
            one.replace(instance, 0, two);
            assertThat(count.get(1, TimeUnit.MINUTES)).isPositive();
            assertThat(call(store, instance, "value")).isEqualTo(2);
            // Frames of both libraries.
            assertThatThrownBy(() -> call(store, instance, "deep"))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.frames()).hasSize(7));
            one.replace(instance, 0, one);
            assertThat(call(store, instance, "deep")).isEqualTo(8);
        }
    }

    /// Other instances of the module keep their code.
    @Test
    void aFunctionIsReplacedInOneInstance() {
        LlvmEngine engine = engine(CompileOptions.forThisMachine().linked());
        LlvmModuleCode one = (LlvmModuleCode) engine.load(module(1, "call $value"));
        LlvmModuleCode two = (LlvmModuleCode) engine.load(module(2, "call $value"));
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance first = instance(store, one);
            ModuleInstance second = instance(store, one);
            one.replace(first, 0, two);
            assertThat(call(store, first, "value")).isEqualTo(2);
            assertThat(call(store, second, "value")).isEqualTo(1);
        }
    }

    @Test
    void sealedModulesAreNotTouched() {
        LlvmEngine engine = engine(CompileOptions.forThisMachine());
        LlvmModuleCode code = (LlvmModuleCode) engine.load(module(1, "call $value"));
        try (RuntimeStore store = new RuntimeStore(engine, StoreLimits.DEFAULT)) {
            ModuleInstance instance = instance(store, code);
            assertThatThrownBy(() -> code.replace(instance, 0, code))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
