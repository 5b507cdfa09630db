package dev.windlass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkerTest {
    private final Engine engine = Tested.engine();
    private final Store store = new Store(engine);
    private final Linker linker = new Linker();

    @AfterEach
    void close() {
        store.close();
    }

    private Instance instance(String text) {
        return linker.instantiate(store, WasmModule.parse(engine, text));
    }

    @Test
    void namesAMissingImport() {
        assertThatThrownBy(() -> instance("(module (import \"env\" \"f\" (func)))"))
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith("unknown import")
                .hasMessageContaining("func 'f' of 'env'");
    }

    @Test
    void refusesAnImportOfAnotherType() {
        linker.func("env", "f", Signature.TO_I32, () -> 1);
        assertThatThrownBy(() -> instance("(module (import \"env\" \"f\" (func)))"))
                .isInstanceOf(LinkException.class)
                .hasMessageStartingWith("incompatible import type");
    }

    @Test
    void linksInstancesToEachOther() {
        linker.instance(
                "a",
                instance(
                        """
                        (module
                          (func (export "f") (result i32) i32.const 3)
                          (global (export "g") i32 (i32.const 4))
                          (memory (export "m") 1)
                          (table (export "t") 1 funcref))
                        """));
        Instance b =
                instance(
                        """
                        (module
                          (import "a" "f" (func $f (result i32)))
                          (import "a" "g" (global $g i32))
                          (import "a" "m" (memory 1))
                          (import "a" "t" (table 1 funcref))
                          (func (export "sum") (result i32) (i32.add (call $f) (global.get $g))))
                        """);
        assertThat(b.func("sum").call()).containsExactly(7);
    }

    @Test
    void givesAHostFunctionItsCaller() {
        List<String> said = new ArrayList<>();
        FunctionType type = FunctionType.of(List.of(ValueType.I32, ValueType.I32));
        linker.func("env", "print", type, c -> said.add(c.memory().readString(c.i32(0), c.i32(1))));
        instance(
                        """
                        (module (import "env" "print" (func $print (param i32 i32)))
                          (memory (export "memory") 1)
                          (data (i32.const 8) "hello")
                          (func (export "main") (call $print (i32.const 8) (i32.const 5))))
                        """)
                .func("main")
                .call();
        assertThat(said).containsExactly("hello");
    }

    @Test
    void trapsWhenAHostFunctionIsGivenAWildPointer() {
        FunctionType type = FunctionType.of(List.of(ValueType.I32));
        linker.func("env", "print", type, c -> c.memory().readString(c.i32(0), 100));
        Func main =
                instance(
                                """
                                (module (import "env" "print" (func $print (param i32)))
                                  (memory (export "memory") 1)
                                  (func $main (export "main") (call $print (i32.const -1))))
                                """)
                        .func("main");
        Trap trap = catchThrowableOfType(Trap.class, main::call);
        assertThat(trap.kind()).isEqualTo(Trap.Kind.MEMORY_OUT_OF_BOUNDS);
        assertThat(trap.frames().getFirst().name()).contains("main");
    }

    @Test
    void checksTheTypesOfAHostFunctionsResults() {
        FunctionType type = FunctionType.of(List.of(), ValueType.I32, ValueType.I64);
        linker.func("env", "none", type, c -> {});
        linker.func("env", "wrong", type, c -> c.returnAll(1, 2));
        linker.func("env", "right", type, c -> c.returnAll(1, 2L));
        Instance instance =
                instance(
                        """
                        (module
                          (import "env" "none" (func $none (result i32 i64)))
                          (import "env" "wrong" (func $wrong (result i32 i64)))
                          (import "env" "right" (func $right (result i32 i64)))
                          (func (export "none") (result i32 i64) call $none)
                          (func (export "wrong") (result i32 i64) call $wrong)
                          (func (export "right") (result i32 i64) call $right))
                        """);
        assertThatThrownBy(() -> instance.func("none").call())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without its results");
        assertThatThrownBy(() -> instance.func("wrong").call())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(instance.func("right").call()).containsExactly(1, 2L);
    }

    @Test
    void refusesTheUseOfACallAfterItsEnd() {
        Call[] kept = new Call[1];
        linker.func("env", "keep", FunctionType.of(List.of(ValueType.I32)), c -> kept[0] = c);
        instance(
                        """
                        (module (import "env" "keep" (func $keep (param i32)))
                          (func (export "main") (call $keep (i32.const 1))))
                        """)
                .func("main")
                .call();
        assertThatThrownBy(() -> kept[0].i32(0)).hasMessage("the host function has returned");
    }

    @Test
    void letsAnExceptionOfTheHostThroughUnchanged() {
        RuntimeException thrown = new IllegalStateException("from the host");
        linker.func(
                "env",
                "fail",
                Signature.NONE,
                () -> {
                    throw thrown;
                });
        Func main =
                instance(
                                """
                                (module (import "env" "fail" (func $fail))
                                  (func (export "main") call $fail))
                                """)
                        .func("main");
        assertThatThrownBy(main::call).isSameAs(thrown);
        assertThatThrownBy(main::call).isSameAs(thrown);
    }

    @Test
    void callsTheGuestFromTheHostFromTheGuest() {
        IntUnaryOperator[] inner = new IntUnaryOperator[1];
        linker.func("env", "twice", Signature.I32_TO_I32, n -> 2 * inner[0].applyAsInt(n - 1));
        Instance instance =
                instance(
                        """
                        (module (import "env" "twice" (func $twice (param i32) (result i32)))
                          (func (export "power") (param $n i32) (result i32)
                            (if (result i32) (i32.eqz (local.get $n))
                              (then (i32.const 1))
                              (else (call $twice (local.get $n))))))
                        """);
        inner[0] = instance.func("power").as(Signature.I32_TO_I32);
        assertThat(inner[0].applyAsInt(20)).isEqualTo(1 << 20);
    }

    @Test
    void namesTheFramesOfATrapAcrossTheHost() {
        Func[] inner = new Func[1];
        linker.func("env", "again", Signature.NONE, () -> inner[0].call());
        Instance instance =
                instance(
                        """
                        (module $app (import "env" "again" (func $again))
                          (func $divide (param i32 i32) (result i32)
                            (i32.div_s (local.get 0) (local.get 1)))
                          (func $inner (export "inner")
                            (drop (call $divide (i32.const 1) (i32.const 0))))
                          (func $outer (export "outer") call $again))
                        """);
        inner[0] = instance.func("inner");
        Trap trap = catchThrowableOfType(Trap.class, () -> instance.func("outer").call());
        assertThat(trap.kind()).isEqualTo(Trap.Kind.INTEGER_DIVIDE_BY_ZERO);
        assertThat(trap).hasMessage("integer divide by zero");
        assertThat(trap.frames())
                .extracting(f -> f.name().orElseThrow())
                .containsExactly("divide", "inner", "outer");
        assertThat(trap.frames()).allSatisfy(f -> assertThat(f.offset()).isPresent());
        assertThat(trap.frames().getFirst().function()).isEqualTo(1);
    }

    @Test
    void throwsWhatAGuestDoesNotCatch() {
        Instance instance =
                instance(
                        """
                        (module (tag $t (export "t") (param i32 f64))
                          (func (export "main") (throw $t (i32.const 5) (f64.const 0.5))))
                        """);
        GuestException e =
                catchThrowableOfType(GuestException.class, () -> instance.func("main").call());
        assertThat(e.tag()).isEqualTo(instance.tag("t"));
        assertThat(e.arguments()).containsExactly(5, 0.5);
    }

    @Test
    void letsAGuestCatchWhatTheHostThrows() {
        Tag tag = store.newTag(new TagType(FunctionType.of(List.of(ValueType.I32))));
        linker.define("env", "tag", tag);
        linker.func(
                "env",
                "fail",
                Signature.I32,
                n -> {
                    throw new GuestException(tag, n);
                });
        Instance instance =
                instance(
                        """
                        (module
                          (import "env" "tag" (tag $tag (param i32)))
                          (import "env" "fail" (func $fail (param i32)))
                          (func (export "main") (result i32)
                            (block $caught (result i32)
                              (try_table (catch $tag $caught) (call $fail (i32.const 41)))
                              (i32.const 0))
                            (i32.add (i32.const 1))))
                        """);
        assertThat(instance.func("main").call()).containsExactly(42);
    }

    @Test
    void runsTheStartFunction() {
        List<Integer> seen = new ArrayList<>();
        linker.func("env", "see", Signature.I32, seen::add);
        instance(
                """
                (module (import "env" "see" (func $see (param i32)))
                  (func $start (call $see (i32.const 9)))
                  (start $start))
                """);
        assertThat(seen).containsExactly(9);
        assertThatThrownBy(() -> instance("(module (func $start unreachable) (start $start))"))
                .isInstanceOf(Trap.class);
    }

    @Test
    void readsTablesAndGlobals() {
        Instance instance =
                instance(
                        """
                        (module
                          (global (export "g") (mut i64) (i64.const 5))
                          (global (export "c") f32 (f32.const 2.5))
                          (table (export "t") 2 4 funcref)
                          (elem (i32.const 1) $f)
                          (func $f (export "f")))
                        """);
        Global global = instance.global("g");
        global.set(-1L);
        assertThat(global.get()).isEqualTo(-1L);
        assertThat(instance.global("c").get()).isEqualTo(2.5f);
        assertThatThrownBy(() -> instance.global("c").set(1f))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> global.set(1)).isInstanceOf(IllegalArgumentException.class);

        Table table = instance.table("t");
        assertThat(table.get(0)).isNull();
        assertThat(table.get(1)).isEqualTo(instance.func("f"));
        table.set(0, instance.func("f"));
        assertThat(table.grow(2, null)).isEqualTo(2);
        assertThat(table.grow(1, null)).isEqualTo(-1);
        assertThat(table.size()).isEqualTo(4);
        assertThatThrownBy(() -> table.get(4)).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> table.get(-1)).isInstanceOf(Trap.class);
        assertThatThrownBy(() -> table.set(0, "text")).isInstanceOf(IllegalArgumentException.class);
    }
}
