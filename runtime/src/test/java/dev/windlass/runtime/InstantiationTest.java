package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstantiationTest {
    private final FakeEngine engine = new FakeEngine();
    private final RuntimeStore store = engine.store();

    @AfterEach
    void close() {
        store.close();
    }

    private ModuleInstance instantiate(String wat, Extern... imports) {
        return engine.instantiate(store, wat, imports);
    }

    private long global(ModuleInstance instance, int index) {
        return Slots.getI64(instance.global(index).cell(), 0);
    }

    @Test
    void evaluatesConstantExpressions() {
        ModuleInstance instance =
                instantiate(
                        """
                        (module
                          (global i32 (i32.sub (i32.mul (i32.const 7) (i32.const 6)) (i32.const 1)))
                          (global i64 (i64.add (i64.const -1) (i64.mul (i64.const 3) (i64.const 3))))
                          (global f32 (f32.const -1))
                          (global f64 (f64.const 0.5))
                          (global v128 (v128.const i64x2 1 2))
                          (global funcref (ref.func 0))
                          (global externref (ref.null extern))
                          (global v128 (global.get 4))
                          (global i32 (i32.add (i32.const 0x7fffffff) (i32.const 1)))
                          (func))
                        """);
        assertThat(global(instance, 0)).isEqualTo(41);
        assertThat(global(instance, 1)).isEqualTo(8);
        assertThat(Slots.getF32(instance.global(2).cell(), 0)).isEqualTo(-1f);
        assertThat(Slots.getF64(instance.global(3).cell(), 0)).isEqualTo(0.5);
        assertThat(Slots.getI64(instance.global(4).cell(), 1)).isEqualTo(2);
        assertThat(global(instance, 5)).isEqualTo(instance.function(0).record());
        assertThat(global(instance, 6)).isZero();
        assertThat(global(instance, 7)).isEqualTo(1);
        assertThat(Slots.getI64(instance.global(7).cell(), 1)).isEqualTo(2);
        assertThat(global(instance, 8)).isEqualTo(Integer.MIN_VALUE);
        assertThat(instance.global(4).cell())
                .isEqualTo(instance.context() + instance.layout().global(4));
    }

    @Test
    void fillsFunctionRecords() {
        ModuleInstance instance =
                instantiate("(module (func (export \"a\")) (func (export \"b\") (param i32)))");
        FunctionInstance a = instance.function(0);
        FunctionInstance b = instance.function(1);
        assertThat(b.number()).isEqualTo(a.number() + 1);
        assertThat(store.function(b.record())).isSameAs(b);
        assertThat(Raw.getLong(b.record() + FunctionRecord.CONTEXT)).isEqualTo(instance.context());
        assertThat(Raw.getInt(b.record() + FunctionRecord.TYPE_ID)).isEqualTo(b.type().id());
        assertThat(Raw.getLong(instance.context() + instance.layout().function(1)))
                .isEqualTo(b.record());
        assertThat(instance.export("b")).isSameAs(b);
        assertThat(instance.export("c")).isNull();
        ModuleInstance next = instantiate("(module (func))");
        assertThat(store.function(next.functionReference(0)).instance()).isSameAs(next);
        assertThat(store.function(b.record()).instance()).isSameAs(instance);
    }

    @Test
    void findsFunctionsAmongInstancesWithoutAny() {
        ModuleInstance empty = instantiate("(module)");
        ModuleInstance one = instantiate("(module (func) (func))");
        instantiate("(module)");
        instantiate("(module (memory 1))");
        ModuleInstance two = instantiate("(module (func))");
        assertThat(store.function(one.functionReference(1)).instance()).isSameAs(one);
        assertThat(store.function(two.functionReference(0)).instance()).isSameAs(two);
        assertThat(empty.module().functionCount()).isZero();
    }

    @Test
    void writesSegmentsInOrderAndKeepsThemAfterATrap() {
        MemoryInstance memory =
                store.newMemory(new MemoryType(Limits.atLeast(1), false, false, 16));
        TableInstance table =
                store.newTable(new TableType(ValType.FUNCREF, Limits.atLeast(2), false), 0);
        String wat =
                """
                (module
                  (import "" "m" (memory 1))
                  (import "" "t" (table 2 funcref))
                  (elem (i32.const 1) func 0)
                  (data (i32.const 0) "abc")
                  (data (i32.const 1) "XY")
                  (data (i32.const 65535) "zz")
                  (func))
                """;
        assertThatThrownBy(() -> instantiate(wat, memory, table))
                .isInstanceOf(Trap.class)
                .hasMessage("out of bounds memory access");
        assertThat(Raw.getInt(memory.base())).isEqualTo('a' | 'X' << 8 | 'Y' << 16);
        assertThat(Raw.getByte(memory.base() + 65535)).isZero();
        assertThat(store.function(table.get(1)).index()).isZero();
        assertThatThrownBy(() ->
                        instantiate(
                                wat.replace("(i32.const 1) func 0", "(i32.const 2) func 0"),
                                memory,
                                table))
                .hasMessage("out of bounds table access");
    }

    @Test
    void allowsEmptySegmentsAtTheEndOnly() {
        instantiate("(module (memory 1) (data (i32.const 65536) \"\"))");
        assertThatThrownBy(() -> instantiate("(module (memory 1) (data (i32.const 65537) \"\"))"))
                .hasMessage("out of bounds memory access");
        assertThatThrownBy(() -> instantiate("(module (memory 1) (data (i32.const -1) \"a\"))"))
                .hasMessage("out of bounds memory access");
        assertThatThrownBy(
                        () -> instantiate("(module (memory i64 1) (data (i64.const -1) \"ab\"))"))
                .hasMessage("out of bounds memory access");
    }

    @Test
    void runsTheStartFunctionLast() {
        engine.function(
                0,
                (instance, slots) -> {
                    assertThat(Raw.getByte(instance.memory(0).base())).isEqualTo((byte) 'x');
                    throw new Trap(TrapKind.UNREACHABLE);
                });
        assertThatThrownBy(() ->
                        instantiate(
                                "(module (memory 1) (data (i32.const 0) \"x\") (func) (start"
                                        + " 0))"))
                .hasMessage("unreachable");
    }

    @Test
    void sharesWhatIsImported() {
        ModuleInstance one =
                instantiate(
                        """
                        (module
                          (global (export "g") (mut i32) (i32.const 5))
                          (tag (export "e") (param i32))
                          (func (export "f")))
                        """);
        ModuleInstance two =
                instantiate(
                        """
                        (module
                          (import "" "g" (global (mut i32)))
                          (import "" "e" (tag (param i32)))
                          (import "" "f" (func))
                          (export "g2" (global 0)) (export "f2" (func 0)))
                        """,
                        one.global(0),
                        one.tag(0),
                        one.function(0));
        assertThat(two.export("g2")).isSameAs(one.global(0));
        assertThat(two.export("f2")).isSameAs(one.function(0));
        assertThat(two.tag(0)).isSameAs(one.tag(0));
        assertThat(two.layout().isGlobalIndirect(0)).isTrue();
        assertThat(Raw.getLong(two.context() + two.layout().global(0)))
                .isEqualTo(one.global(0).cell());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    (func (param i64))         | func [i64] -> []
                    (func (result i32))        | func [] -> [i32]
                    (table 1 funcref)          | table 1 funcref
                    (memory 1)                 | memory 1
                    (global i32)               | global i32
                    (tag)                      | tag [] -> []
                    """)
    void refusesAFunctionOfAnotherTypeOrKind(String wanted, String text) {
        FunctionInstance found =
                store.newHostFunction(
                        RuntimeStoreTest.funcType(
                                FuncType.of(new int[] {ValType.I32}, ValType.F32)),
                        (s, c, slots) -> {});
        assertThatThrownBy(() -> instantiate("(module (import \"a\" \"b\" " + wanted + "))", found))
                .isInstanceOf(LinkException.class)
                .hasMessage(
                        "incompatible import type: \"a\" \"b\": expected "
                                + text
                                + ", found func [i32] -> [f32]");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 4, 2 4, true", "3, 4, 2 4, true", "2, 4, 2 5, true", "2, 4, 2, true",
        "1, 4, 2 4, false", "2, 4, 2 3, false", "2, -1, 2 4, false", "2, -1, 2, true",
    })
    void comparesLimits(long min, long max, String wanted, boolean matches) {
        Limits limits = max < 0 ? Limits.atLeast(min) : Limits.of(min, max);
        Extern memory = store.newMemory(new MemoryType(limits, false, false, 16));
        Extern table = store.newTable(new TableType(ValType.FUNCREF, limits, false), 0);
        assertMatches("(memory " + wanted + ")", memory, matches);
        assertMatches("(table " + wanted + " funcref)", table, matches);
        assertMatches("(memory i64 " + wanted + ")", memory, false);
        assertMatches("(table i64 " + wanted + " funcref)", table, false);
        assertMatches("(table " + wanted + " externref)", table, false);
        assertMatches("(memory 2 4 shared)", memory, false);
        assertMatches("(memory 0 (pagesize 1))", memory, false);
    }

    private void assertMatches(String wanted, Extern found, boolean matches) {
        String wat = "(module (import \"a\" \"b\" " + wanted + "))";
        if (matches) {
            instantiate(wat, found);
        } else {
            assertThatThrownBy(() -> instantiate(wat, found))
                    .as(wat)
                    .isInstanceOf(LinkException.class)
                    .hasMessageStartingWith("incompatible import type");
        }
    }

    @Test
    void comparesTheSizeNow() {
        MemoryInstance memory =
                store.newMemory(new MemoryType(Limits.atLeast(1), false, false, 16));
        assertMatches("(memory 2)", memory, false);
        memory.grow(1);
        assertMatches("(memory 2)", memory, true);
    }

    @Test
    void comparesGlobalsByVariance() {
        GlobalInstance constant =
                store.newGlobal(
                        new GlobalType(ValType.ref(true, ValType.HEAP_NOFUNC), false), 0, 0);
        GlobalInstance variable =
                store.newGlobal(new GlobalType(ValType.ref(true, ValType.HEAP_NOFUNC), true), 0, 0);
        assertMatches("(global funcref)", constant, true);
        assertMatches("(global (mut funcref))", constant, false);
        assertMatches("(global (mut funcref))", variable, false);
        assertMatches("(global (mut nullfuncref))", variable, true);
        assertMatches("(global nullfuncref)", variable, false);
    }

    @Test
    void acceptsSubtypesOfFunctions() {
        String types = "(type $a (sub (func))) (type $b (sub $a (func)))";
        ModuleInstance one =
                instantiate(
                        "(module " + types + " (func (export \"b\") (type $b)) (func (type $a)))");
        instantiate("(module " + types + " (import \"\" \"\" (func (type $a))))", one.function(0));
        assertThatThrownBy(() ->
                        instantiate(
                                "(module " + types + " (import \"\" \"\" (func (type $b))))",
                                one.function(1)))
                .isInstanceOf(LinkException.class);
    }

    @Test
    void refusesThingsOfAnotherStore() {
        try (RuntimeStore other = engine.store()) {
            MemoryInstance memory =
                    other.newMemory(new MemoryType(Limits.atLeast(1), false, false, 16));
            assertThatThrownBy(
                            () -> instantiate("(module (import \"a\" \"b\" (memory 1)))", memory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("import \"a\" \"b\" belongs to another store");
        }
    }

    @Test
    void countsTheImports() {
        assertThatThrownBy(() -> instantiate("(module (import \"a\" \"b\" (func)))"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the module has 1 imports, not 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    (func unreachable (ref.i31 (i32.const 1)) drop)        | ref.i31
                    (type (struct)) (global anyref (struct.new 0))         | struct.new
                    (type (array i8)) (func (drop (array.new_default 0 (i32.const 1)))) | array.new_default
                    """)
    void saysWhichInstructionIsNotSupported(String fields, String instruction) {
        assertThatThrownBy(() -> instantiate("(module " + fields + ")"))
                .isInstanceOf(UnsupportedModuleException.class)
                .hasMessageStartingWith(instruction)
                .hasMessageEndingWith("not supported yet");
    }

    @Test
    void runsModulesWithTypesOfObjectsAlone() {
        instantiate(
                "(module (type (struct (field i32))) (global anyref (ref.null any)) (table 1 i31ref))");
    }

    @Test
    void tellsWhenThereIsNoMemoryForIt() {
        try (RuntimeStore small = engine.store(1 << 20)) {
            for (String wat :
                    List.of(
                            "(module (memory 17))",
                            "(module (table 200000 funcref))",
                            "(module (memory i64 0x1000000000000))",
                            "(module (table i64 0xffffffffffffffff funcref))")) {
                assertThatThrownBy(() -> engine.instantiate(small, wat))
                        .as(wat)
                        .isInstanceOf(Trap.class)
                        .hasMessageStartingWith("out of memory");
            }
        }
    }
}
