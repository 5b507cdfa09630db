package dev.windlass.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/// Types of different modules are the same object exactly when the specification says they are the
/// same type.
final class TypeRegistryTest {
    private static DefType type(String types, int index) {
        return Modules.valid("(module " + types + ")").defType(index);
    }

    @Test
    void equalTypesAreOneAcrossModules() {
        DefType one = type("(type (func (param i32) (result f64)))", 0);
        DefType other = type("(type (func)) (type (func (param i32) (result f64)))", 1);
        assertThat(one).isSameAs(other);
        assertThat(TypeRegistry.byId(one.id())).isSameAs(one);
    }

    @Test
    void differentTypesAreNot() {
        DefType one = type("(type (func (param i32)))", 0);
        assertThat(type("(type (func (result i32)))", 0)).isNotSameAs(one);
        assertThat(type("(type (sub (func (param i32))))", 0)).isNotSameAs(one);
        assertThat(type("(rec (type (func (param i32))) (type (func)))", 0)).isNotSameAs(one);
        assertThat(type("(type (struct (field i32)))", 0))
                .isNotSameAs(type("(type (struct (field (mut i32))))", 0));
        assertThat(type("(type (struct (field i8)))", 0)).isNotSameAs(type("(type (array i8))", 0));
    }

    @Test
    void recursiveGroupsCompareUpToNumbering() {
        String list =
                "(rec (type $l (struct (field (ref null $l)) (field (ref $n)))) (type $n (func)))";
        DefType one = type(list, 0);
        DefType other = type("(type (func (param i64)))" + list, 1);
        assertThat(one).isSameAs(other);
        String swapped =
                "(rec (type $n (func)) (type $l (struct (field (ref null $l)) (field (ref $n)))))";
        assertThat(type(swapped, 1)).isNotSameAs(one);
    }

    @Test
    void aReferenceOutOfAGroupIsNotOneIntoIt() {
        DefType outside =
                type("(rec (type $a (struct))) (rec (type (struct (field (ref $a)))))", 1);
        DefType inside = type("(rec (type $a (struct (field (ref $a)))))", 0);
        assertThat(outside).isNotSameAs(inside);
    }

    @Test
    void subtypesAreFoundThroughTheLine() {
        Module module =
                Modules.valid(
                        "(module (type $a (sub (struct))) (type $b (sub $a (struct (field i32))))"
                                + "(type $c (sub $b (struct (field i32) (field i64)))))");
        DefType a = module.defType(0);
        DefType c = module.defType(2);
        assertThat(c.isSubtypeOf(a)).isTrue();
        assertThat(a.isSubtypeOf(c)).isFalse();
        assertThat(c.depth()).isEqualTo(2);
        int toA = ValType.ref(true, ValType.CLOSED | a.id());
        int toC = ValType.ref(false, ValType.CLOSED | c.id());
        assertThat(TypeRegistry.matches(toC, toA)).isTrue();
        assertThat(TypeRegistry.matches(toA, toC)).isFalse();
        assertThat(TypeRegistry.matches(toC, ValType.ANYREF)).isTrue();
        assertThat(TypeRegistry.matches(toC, ValType.FUNCREF)).isFalse();
        assertThat(TypeRegistry.matches(ValType.ref(true, ValType.HEAP_NONE), toA)).isTrue();
        assertThat(TypeRegistry.matches(ValType.ref(true, ValType.HEAP_NONE), toC)).isFalse();
    }

    @Test
    void unusedTypesAreForgottenAndIdsNotUsedAgain() throws InterruptedException {
        String text = "(type (func (param f32 f64 f32 i64 f32 f32 v128)))";
        DefType type = type(text, 0);
        int id = type.id();
        WeakReference<DefType> ref = new WeakReference<>(type);
        type = null;
        for (int i = 0; i < 100 && ref.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertThat(ref.get()).as("the type is collected").isNull();
        assertThat(TypeRegistry.byId(id)).isNull();
        assertThat(type(text, 0).id()).isGreaterThan(id);
    }

    @Test
    void idsOfNoTypeGiveNull() {
        assertThat(TypeRegistry.byId(0)).isNull();
        assertThat(TypeRegistry.byId(-1)).isNull();
        assertThat(TypeRegistry.byId(Integer.MAX_VALUE)).isNull();
    }
}
