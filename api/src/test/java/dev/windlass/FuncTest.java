package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FuncTest {
    private final Engine engine = Tested.engine();
    private final Store store = new Store(engine);

    @AfterEach
    void close() {
        store.close();
    }

    private Instance instance(String text) {
        return new Linker().instantiate(store, WasmModule.parse(engine, text));
    }

    @Test
    void callsWithArgumentsAndResultsOfEveryNumberType() {
        Instance instance =
                instance(
                        """
                        (module (func (export "all") (param i32 i64 f32 f64) (result f64 f32 i64 i32)
                          local.get 3 local.get 2 local.get 1 local.get 0))
                        """);
        assertThat(instance.func("all").call(-7, 1L << 40, 1.5f, -0.0))
                .containsExactly(-0.0, 1.5f, 1L << 40, -7);
    }

    @Test
    void callsWithVectors() {
        Instance instance =
                instance(
                        """
                        (module (func (export "swap") (param v128 i32 v128) (result v128 i32 v128)
                          local.get 2 local.get 1 local.get 0))
                        """);
        V128 a = new V128(1, 2);
        V128 b = new V128(3, 4);
        assertThat(instance.func("swap").call(a, 9, b)).containsExactly(b, 9, a);
    }

    @Test
    void callsThroughATypedView() {
        Instance instance =
                instance(
                        """
                        (module (func (export "sub") (param i32 i32) (result i32)
                          (i32.sub (local.get 0) (local.get 1))))
                        """);
        IntBinaryOperator sub = instance.func("sub").as(Signature.I32_I32_TO_I32);
        assertThat(sub.applyAsInt(Integer.MIN_VALUE, 1)).isEqualTo(Integer.MAX_VALUE);
        assertThat(sub.applyAsInt(1, 2)).isEqualTo(-1);
    }

    private static final String FAILS =
            """
            (module (tag $t)
              (func (export "trap") unreachable)
              (func (export "throw") (throw $t)))
            """;

    @Test
    void whatGuestsThrowSaysWhereInJavaTheCallWas() {
        Instance instance = instance(FAILS);
        for (String name : List.of("trap", "throw")) {
            assertThat(catchThrowable(instance.func(name)::call).getStackTrace())
                    .as(name)
                    .anyMatch(frame -> frame.getClassName().equals(FuncTest.class.getName()));
        }
    }

    @Test
    void whatGuestsThrowIsCheaperWithoutThat() {
        Engine bare = engine.withJavaStackTraces(false).withLimits(engine.limits());
        try (Store other = new Store(bare)) {
            Instance instance = new Linker().instantiate(other, WasmModule.parse(bare, FAILS));
            Trap trap = catchThrowableOfType(Trap.class, instance.func("trap")::call);
            assertThat(trap.getStackTrace()).isEmpty();
            assertThat(trap.frames()).hasSize(1);
            assertThat(catchThrowable(instance.func("throw")::call))
                    .isInstanceOf(GuestException.class)
                    .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
        }
    }

    @Test
    void refusesAViewOfAnotherType() {
        Func func = instance("(module (func (export \"f\")))").func("f");
        assertThatThrownBy(() -> func.as(Signature.TO_I32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[] -> []")
                .hasMessageContaining("[] -> [i32]");
    }

    @Test
    void refusesArgumentsOfAnotherTypeOrNumber() {
        Func func = instance("(module (func (export \"f\") (param i32)))").func("f");
        assertThatThrownBy(() -> func.call(1L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Long 1 is not a value of type i32");
        assertThatThrownBy(() -> func.call((Object) null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(func::call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[i32] -> []");
    }

    @Test
    void passesJavaObjectsAsExternalReferences() {
        Instance instance =
                instance(
                        """
                        (module
                          (table $t 2 externref)
                          (func (export "id") (param externref) (result externref) local.get 0)
                          (func (export "keep") (param externref) (table.set $t (i32.const 1) (local.get 0)))
                          (func (export "kept") (result externref) (table.get $t (i32.const 1)))
                          (func (export "isNull") (param externref) (result i32)
                            (ref.is_null (local.get 0))))
                        """);
        Object object = List.of("any", "object");
        assertThat(instance.func("id").call(object)[0]).isSameAs(object);
        assertThat(instance.func("id").call((Object) null)[0]).isNull();
        assertThat(instance.func("isNull").call((Object) null)).containsExactly(1);
        instance.func("keep").call(object);
        assertThat(instance.func("kept").call()[0]).isSameAs(object);
    }

    @Test
    void passesFunctionsAsReferences() {
        Instance instance =
                instance(
                        """
                        (module
                          (type $t (func (result i32)))
                          (table $table 1 funcref)
                          (func $seven (export "seven") (result i32) i32.const 7)
                          (func (export "get") (result funcref) ref.func $seven)
                          (func (export "run") (param funcref) (result i32)
                            (table.set $table (i32.const 0) (local.get 0))
                            (call_indirect $table (type $t) (i32.const 0))))
                        """);
        Object reference = instance.func("get").call()[0];
        assertThat(reference).isEqualTo(instance.func("seven")).isInstanceOf(Func.class);
        assertThat(instance.func("run").call(reference)).containsExactly(7);

        Func host = store.newFunc(Signature.TO_I32, () -> 42);
        assertThat(instance.func("run").call(host)).containsExactly(42);
    }

    @Test
    void refusesAFunctionOfAnotherStore() {
        Instance instance = instance("(module (func (export \"f\") (param funcref)))");
        try (Store other = new Store(engine)) {
            Func foreign = other.newFunc(Signature.NONE, () -> {});
            assertThatThrownBy(() -> instance.func("f").call(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("belongs to another store");
            assertThatThrownBy(() ->
                            new Linker()
                                    .define("m", "f", foreign)
                                    .instantiate(
                                            store,
                                            WasmModule.parse(
                                                    engine,
                                                    "(module (import \"m\" \"f\" (func)))")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'f' of 'm' belongs to another store");
        }
    }

    @Test
    void namesWhatIsExportedWhenSomethingIsMissing() {
        Instance instance = instance("(module (func (export \"f\")) (memory (export \"m\") 1))");
        assertThatThrownBy(() -> instance.func("g"))
                .hasMessage("no exported function 'g'; exported: func 'f', memory 'm'");
        assertThatThrownBy(() -> instance.func("m")).hasMessageContaining("no exported function");
    }
}
