package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.TableRecord;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableInstanceTest {
    private final FakeEngine engine = new FakeEngine();
    private final RuntimeStore store = engine.store();

    @AfterEach
    void close() {
        store.close();
    }

    private TableInstance table(Limits limits, long initial) {
        return store.newTable(new TableType(ValType.EXTERNREF, limits, true), initial);
    }

    private static void assertOutside(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(Trap.class).hasMessage("out of bounds table access");
    }

    @Test
    void startsWithItsInitialValue() {
        long handle = store.handle("x");
        TableInstance table = table(Limits.atLeast(3), handle);
        assertThat(table.get(0)).isEqualTo(handle);
        assertThat(table.get(2)).isEqualTo(handle);
        assertOutside(() -> table.get(3));
        assertOutside(() -> table.get(-1));
        assertOutside(() -> table.set(1L << 61, 0));
    }

    @Test
    void growsWithAValue() {
        TableInstance table = table(Limits.of(0, 100_000), 0);
        long handle = store.handle("x");
        assertThat(table.grow(10, 0)).isZero();
        assertThat(table.grow(90_000, handle)).isEqualTo(10);
        assertThat(table.get(9)).isZero();
        assertThat(table.get(10)).isEqualTo(handle);
        assertThat(table.get(90_009)).isEqualTo(handle);
        assertThat(table.grow(9_991, 0)).isEqualTo(-1);
        assertThat(table.grow(-1, 0)).isEqualTo(-1);
        assertThat(table.grow(Long.MIN_VALUE, 0)).isEqualTo(-1);
        assertThat(Raw.getLong(table.record() + TableRecord.LENGTH)).isEqualTo(90_010);
        assertThat(Raw.getLong(Raw.getLong(table.record() + TableRecord.BASE) + 80))
                .isEqualTo(handle);
    }

    @Test
    void growsNoFurtherThanTheBudget() {
        try (RuntimeStore small = engine.store(8 * 100)) {
            TableInstance table =
                    small.newTable(new TableType(ValType.FUNCREF, Limits.atLeast(60), false), 0);
            assertThat(table.grow(41, 0)).isEqualTo(-1);
            assertThat(table.grow(40, 0)).isEqualTo(60);
            assertThatThrownBy(() ->
                            small.newTable(
                                    new TableType(ValType.FUNCREF, Limits.atLeast(1), false), 0))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("out of memory");
        }
        assertThatThrownBy(() -> table(Limits.atLeast(1L << 62), 0))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("4611686018427387904 elements");
    }

    @Test
    void fillsAndCopiesOverlappingRanges() {
        TableInstance table = table(Limits.atLeast(10), 0);
        for (int i = 0; i < 10; i++) {
            table.set(i, 2L * i);
        }
        table.copy(2, table, 0, 5);
        assertThat(table.get(2)).isZero();
        assertThat(table.get(6)).isEqualTo(8);
        table.copy(0, table, 2, 5);
        assertThat(table.get(4)).isEqualTo(8);
        table.fill(8, 6, 2);
        assertThat(table.get(9)).isEqualTo(6);
        table.fill(10, 6, 0);
        table.copy(10, table, 10, 0);
    }

    @Test
    void writesNothingWhenARangeIsOutside() {
        TableInstance table = table(Limits.atLeast(4), 0);
        TableInstance other = table(Limits.atLeast(2), 2);
        assertOutside(() -> table.fill(3, 8, 2));
        assertOutside(() -> table.fill(5, 8, 0));
        assertOutside(() -> table.fill(-1, 8, 2));
        assertOutside(() -> table.copy(0, other, 0, 3));
        assertOutside(() -> table.copy(3, other, 0, 2));
        assertOutside(() -> table.copy(0, other, -1, 1));
        for (int i = 0; i < 4; i++) {
            assertThat(table.get(i)).isZero();
        }
    }
}
