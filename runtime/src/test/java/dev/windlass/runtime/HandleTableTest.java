package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.ValType;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandleTableTest {
    /// Enough new objects to make the table sweep.
    private static final int MANY = 50_000;

    private final FakeEngine engine = new FakeEngine();
    private final RuntimeStore store = engine.store();

    @AfterEach
    void close() {
        store.close();
    }

    private void makeGarbage() {
        for (int i = 0; i < MANY; i++) {
            store.handle(new Object());
        }
    }

    private void assertGone(long handle) {
        assertThatThrownBy(() -> store.object(handle))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a reference of this store");
    }

    private static DefType tagType(int... params) {
        FuncType type = FuncType.of(params);
        return TypeRegistry.canonical(List.of(new SubType(true, List.of(), type)), new int[] {0})[
                0];
    }

    @Test
    void givesTheObjectBack() {
        Object object = new Object();
        long handle = store.handle(object);
        assertThat(store.object(handle)).isSameAs(object);
        assertThat(store.handle(object)).isEqualTo(handle);
        assertThat(handle & 1).isZero();
        assertThat(store.handle(null)).isZero();
        assertThat(store.object(0)).isNull();
    }

    @Test
    void tellsEqualObjectsApart() {
        String one = new String("x");
        String two = new String("x");
        assertThat(store.handle(one)).isNotEqualTo(store.handle(two));
    }

    @Test
    void refusesWhatIsNoHandle() {
        long handle = store.handle("x");
        for (long wrong :
                new long[] {
                    1, 2, -1, handle + 2, handle | 1, handle ^ 1L << 40, handle ^ 1L << 60
                }) {
            assertGone(wrong);
        }
    }

    @Test
    void reclaimsWhatNothingMentions() {
        long handle = store.handle("garbage");
        makeGarbage();
        assertGone(handle);
        assertThat(store.budget().used()).as("bytes").isLessThan(32L * MANY);
    }

    @Test
    void keepsWhatTheSlotStackMentions() {
        Object object = new Object();
        long top = store.slotTop();
        Slots.putI64(top, 100, store.handle(object));
        makeGarbage();
        assertThat(store.object(Slots.getI64(top, 100))).isSameAs(object);
    }

    @Test
    void keepsWhatTablesAndGlobalsMention() {
        TableInstance table =
                store.newTable(new TableType(ValType.EXTERNREF, Limits.atLeast(5), false), 0);
        table.set(4, store.handle("in table"));
        GlobalInstance global =
                store.newGlobal(
                        new GlobalType(ValType.EXTERNREF, true), store.handle("in global"), 0);
        makeGarbage();
        assertThat(store.object(table.get(4))).isEqualTo("in table");
        assertThat(store.object(Slots.getI64(global.cell(), 0))).isEqualTo("in global");
    }

    @Test
    void keepsWhatExceptionsMention() {
        TagInstance tag = new TagInstance(tagType(ValType.EXTERNREF));
        long slots = store.slotTop();
        Slots.putI64(slots, 0, store.handle("in flight"));
        ExceptionInstance inFlight = store.newException(tag, slots);
        Slots.putI64(slots, 0, store.handle("in a handle"));
        long exnref = store.handle(store.newException(tag, slots));
        GlobalInstance global = store.newGlobal(new GlobalType(ValType.EXNREF, true), exnref, 0);
        Slots.putI64(slots, 0, 0);
        makeGarbage();
        System.gc();
        makeGarbage();
        assertThat(store.object(inFlight.slots()[0])).isEqualTo("in flight");
        assertThat(store.object(Slots.getI64(global.cell(), 0)))
                .isInstanceOfSatisfying(
                        ExceptionInstance.class,
                        kept -> assertThat(store.object(kept.slots()[0])).isEqualTo("in a handle"));
    }

    @Test
    void growsWhenAllAreAlive() {
        TableInstance table =
                store.newTable(new TableType(ValType.EXTERNREF, Limits.atLeast(MANY), false), 0);
        for (int i = 0; i < MANY; i++) {
            table.set(i, store.handle(i + 1_000_000));
        }
        for (int i = 0; i < MANY; i++) {
            assertThat(store.object(table.get(i))).isEqualTo(i + 1_000_000);
        }
    }

    @Test
    void trapsWhenTheBudgetIsUsedUp() {
        try (RuntimeStore small = engine.store(1 << 20)) {
            TableInstance table =
                    small.newTable(
                            new TableType(ValType.EXTERNREF, Limits.atLeast(100_000), false), 0);
            assertThatThrownBy(
                            () -> {
                                for (int i = 0; i < 100_000; i++) {
                                    table.set(i, small.handle(new Object()));
                                }
                            })
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("out of memory");
        }
    }
}
