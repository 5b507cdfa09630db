package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.MemoryRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryInstanceTest {
    private static final long PAGE = 65536;

    private final FakeEngine engine = new FakeEngine();
    private final RuntimeStore store = engine.store();

    @AfterEach
    void close() {
        store.close();
    }

    private static MemoryType type(Limits limits) {
        return new MemoryType(limits, false, false, 16);
    }

    private static MemoryType type64(Limits limits) {
        return new MemoryType(limits, true, false, 16);
    }

    private static void assertRecordAgrees(MemoryInstance memory) {
        assertThat(Raw.getLong(memory.record() + MemoryRecord.BASE)).isEqualTo(memory.base());
        assertThat(Raw.getLong(memory.record() + MemoryRecord.LENGTH))
                .isEqualTo(memory.byteLength());
    }

    private static void assertZero(MemoryInstance memory, long from, long to) {
        for (long at = from; at < to; at += 8) {
            assertThat(Raw.getLong(memory.base() + at)).as("at %d", at).isZero();
        }
    }

    @Test
    void startsWithZeroesAndGrowsWithZeroes() {
        MemoryInstance memory = store.newMemory(type(Limits.of(1, 5)));
        assertZero(memory, 0, PAGE);
        Raw.fill(memory.base(), PAGE, (byte) 0x5A);
        for (int pages = 1; pages < 5; pages++) {
            assertThat(memory.grow(1)).isEqualTo(pages);
            assertRecordAgrees(memory);
            assertThat(Raw.getByte(memory.base() + PAGE - 1)).isEqualTo((byte) 0x5A);
            assertZero(memory, PAGE, memory.byteLength());
        }
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.grow(0)).isEqualTo(5);
    }

    @Test
    void refusesImpossibleGrowthWithoutOverflow() {
        MemoryInstance memory = store.newMemory(type(Limits.atLeast(1)));
        assertThat(memory.grow(65536)).isEqualTo(-1);
        assertThat(memory.grow(0xFFFF_FFFFL)).isEqualTo(-1);
        assertThat(memory.grow(-1)).isEqualTo(-1);
        MemoryInstance memory64 = store.newMemory(type64(Limits.atLeast(1)));
        assertThat(memory64.grow(-1)).isEqualTo(-1);
        assertThat(memory64.grow(Long.MAX_VALUE)).isEqualTo(-1);
        assertThat(memory64.grow(1L << 48)).isEqualTo(-1);
        assertThat(memory64.pages()).isEqualTo(1);
    }

    @Test
    void keepsContentsWhenItMovesToAReservation() {
        MemoryInstance memory = store.newMemory(type(Limits.atLeast(1)));
        Raw.putLong(memory.base() + 8, 42);
        long moves = 0;
        long base = memory.base();
        for (int i = 0; i < 1500; i++) {
            assertThat(memory.grow(1)).isEqualTo(i + 1);
            Raw.putLong(memory.base() + memory.byteLength() - 8, i);
            moves += memory.base() == base ? 0 : 1;
            base = memory.base();
        }
        assertThat(moves).as("moves").isLessThan(12);
        assertThat(Raw.getLong(memory.base() + 8)).isEqualTo(42);
        for (int i = 0; i < 1500; i++) {
            assertThat(Raw.getLong(memory.base() + (i + 2) * PAGE - 8)).isEqualTo(i);
        }
        assertRecordAgrees(memory);
    }

    @Test
    void takesOnlyWhatIsTouchedOfAHugeMemory() {
        MemoryInstance memory = store.newMemory(type64(Limits.atLeast(5L << 14)));
        assertThat(memory.byteLength()).isEqualTo(5L << 30);
        Raw.putLong(memory.base() + (5L << 30) - 8, 7);
        assertThat(memory.grow(1)).isEqualTo(5L << 14);
        assertThat(Raw.getLong(memory.base() + (5L << 30) - 8)).isEqualTo(7);
        assertThat(Raw.getLong(memory.base() + (5L << 30))).isZero();
    }

    @Test
    void allowsTheWholeOfTheSmallAddressSpace() {
        MemoryInstance memory = store.newMemory(type(Limits.atLeast(0)));
        assertThat(memory.grow(65536)).isZero();
        assertThat(memory.byteLength()).isEqualTo(1L << 32);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.range(0xFFFF_FFFFL, 1)).isEqualTo(memory.base() + 0xFFFF_FFFFL);
    }

    @Test
    void hasPagesOfOneByte() {
        MemoryInstance memory =
                store.newMemory(new MemoryType(Limits.of(3, 70_000), false, false, 0));
        assertThat(memory.pages()).isEqualTo(3);
        assertThat(memory.grow(60_000)).isEqualTo(3);
        assertThat(memory.byteLength()).isEqualTo(60_003);
        assertThat(memory.grow(9_998)).isEqualTo(-1);
        assertThat(memory.grow(9_997)).isEqualTo(60_003);
    }

    @Test
    void hasPaddingForWordsAroundTheLastByte() {
        MemoryInstance memory = store.newMemory(new MemoryType(Limits.of(0, 100), false, false, 0));
        assertThat(Raw.getLong(memory.base())).isZero();
        assertThat(memory.grow(1)).isZero();
        assertThat(Raw.getLong(memory.base())).isZero();
    }

    @Test
    void checksRanges() {
        MemoryInstance memory = store.newMemory(type(Limits.of(1, 1)));
        assertThat(memory.range(0, PAGE)).isEqualTo(memory.base());
        assertThat(memory.range(PAGE, 0)).isEqualTo(memory.base() + PAGE);
        assertOutside(memory, PAGE + 1, 0);
        assertOutside(memory, PAGE, 1);
        assertOutside(memory, 0, PAGE + 1);
        assertOutside(memory, -1, 1);
        assertOutside(memory, -1, 2);
        assertOutside(memory, 8, -1);
        assertOutside(memory, 8, -8);
        assertOutside(memory, 0xFFFF_FFFFL, 0xFFFF_FFFFL);
        assertOutside(memory, Long.MIN_VALUE, Long.MIN_VALUE);
    }

    private static void assertOutside(MemoryInstance memory, long address, long bytes) {
        assertThatThrownBy(() -> memory.range(address, bytes))
                .isInstanceOfSatisfying(
                        Trap.class,
                        t -> assertThat(t.kind()).isEqualTo(TrapKind.MEMORY_OUT_OF_BOUNDS));
    }

    @Test
    void tellsTrapWhenItCannotBegin() {
        assertThatThrownBy(() -> store.newMemory(type64(Limits.atLeast(1L << 47))))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("out of memory");
        assertThatThrownBy(() -> store.newMemory(type64(Limits.atLeast(-1))))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("18446744073709551615 pages");
        try (RuntimeStore small = engine.store(10 * PAGE)) {
            assertThatThrownBy(() -> small.newMemory(type(Limits.atLeast(11))))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("exceed the limit of 655360");
        }
    }

    @Test
    void growsOnlyWithinTheBudget() {
        try (RuntimeStore small = engine.store(10 * PAGE)) {
            MemoryInstance first = small.newMemory(type(Limits.atLeast(4)));
            MemoryInstance second = small.newMemory(type(Limits.atLeast(4)));
            assertThat(first.grow(3)).isEqualTo(-1);
            assertThat(first.grow(2)).isEqualTo(4);
            assertThat(second.grow(1)).isEqualTo(-1);
            assertThat(small.budget().used()).isEqualTo(10 * PAGE);
        }
    }

    @Test
    void givesTheBudgetBackWhenTheStoreCloses() {
        MemoryBudget budget = new MemoryBudget(10 * PAGE);
        for (int i = 0; i < 3; i++) {
            try (RuntimeStore s = new RuntimeStore(engine, StoreLimits.DEFAULT, budget)) {
                s.newMemory(type(Limits.atLeast(5))).grow(1);
                s.slotTop();
                s.handle(this);
            }
            assertThat(budget.used()).isZero();
        }
    }

    @Test
    void keepsTheBaseInContextsOfAllWhoHaveItFirst() {
        ModuleInstance one =
                engine.instantiate(store, "(module (memory (export \"m\") 1) (memory 1))");
        ModuleInstance two =
                engine.instantiate(store, "(module (import \"\" \"m\" (memory 1)))", one.memory(0));
        assertThat(one.memory(0).grow(100)).isEqualTo(1);
        long base = one.memory(0).base();
        assertThat(Raw.getLong(one.context() + ContextLayout.MEMORY0_BASE)).isEqualTo(base);
        assertThat(Raw.getLong(two.context() + ContextLayout.MEMORY0_BASE)).isEqualTo(base);
        assertThat(Raw.getLong(two.context() + two.layout().memory(0)))
                .isEqualTo(one.memory(0).record());
    }

    @Test
    void isEmptyAfterTheStoreIsClosed() {
        RuntimeStore other = engine.store();
        MemoryInstance memory = other.newMemory(type(Limits.atLeast(1)));
        other.close();
        assertThat(memory.byteLength()).isZero();
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertOutside(memory, 0, 1);
    }
}
