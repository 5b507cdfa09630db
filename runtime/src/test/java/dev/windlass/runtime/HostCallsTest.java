package dev.windlass.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.HostCallDispatch;
import dev.windlass.runtime.boundary.HostCalls;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.ValType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each host call through the dispatch that engines use: its result, its trap, its re-entry.
@Timeout(60)
class HostCallsTest {
    private static final String WAT =
            """
            (module
              (import "" "i" (func (param i32) (result i32)))
              (memory 1 3)
              (memory i64 1 2)
              (table 4 10 funcref)
              (table i64 4 funcref)
              (data "hello")
              (elem func 0 1)
              (elem funcref (ref.null func) (ref.func 1))
              (tag (param i32 i64))
              (func (param i32) (result i32) local.get 0))
            """;

    /// An i32 operand with rubbish above it.
    private static final long RUBBISH = 0xDEAD_BEEFL << 32;

    private final FakeEngine engine = new FakeEngine();
    private final RuntimeStore store = engine.store();
    private HostFunction imported = (s, c, slots) -> {};
    private final ModuleInstance instance =
            engine.instantiate(
                    store,
                    WAT,
                    store.newHostFunction(
                            RuntimeStoreTest.funcType(
                                    FuncType.of(new int[] {ValType.I32}, ValType.I32)),
                            (s, c, slots) -> imported.call(s, c, slots)));

    @AfterEach
    void close() {
        store.close();
    }

    private static void assertTraps(TrapKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(Trap.class, t -> assertThat(t.kind()).isEqualTo(kind));
    }

    private static int id(HostCall call) {
        return call.id();
    }

    private long memory() {
        return instance.memory(0).base();
    }

    @Test
    void growsMemories() {
        int id = id(HostCall.MEMORY_GROW);
        assertThat(HostCallDispatch.ilToL(id, instance, 0, RUBBISH | 2)).isEqualTo(1);
        assertThat(HostCallDispatch.ilToL(id, instance, 0, 1)).isEqualTo(-1);
        assertThat(HostCallDispatch.ilToL(id, instance, 0, -1)).isEqualTo(-1);
        assertThat(HostCallDispatch.ilToL(id, instance, 1, RUBBISH | 1)).isEqualTo(-1);
        assertThat(HostCallDispatch.ilToL(id, instance, 1, 1)).isEqualTo(1);
    }

    private void memoryInit(int memory, long to, long from, long bytes) {
        HostCallDispatch.iilllToVoid(
                id(HostCall.MEMORY_INIT), instance, memory, 0, to, from, bytes);
    }

    @Test
    void initsMemories() {
        memoryInit(0, RUBBISH | 10, RUBBISH | 1, RUBBISH | 3);
        assertThat(Raw.getInt(memory() + 10)).isEqualTo('e' | 'l' << 8 | 'l' << 16);
        memoryInit(0, 65536, 5, 0);
        memoryInit(1, 65531, 0, 5);
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(0, 65533, 0, 4));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(0, 0, 2, 4));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(0, 0, 6, 0));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(0, 0, -1, 2));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(1, -1, 0, 2));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(1, -3, 0, 5));
        assertThat(Raw.getInt(memory() + 65532)).isZero();
    }

    @Test
    void dropsData() {
        HostCallDispatch.iToVoid(id(HostCall.DATA_DROP), instance, 0);
        memoryInit(0, 0, 0, 0);
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryInit(0, 0, 0, 1));
    }

    private void memoryCopy(int to, int from, long target, long source, long bytes) {
        HostCallDispatch.iilllToVoid(
                id(HostCall.MEMORY_COPY), instance, to, from, target, source, bytes);
    }

    @Test
    void copiesMemories() {
        memoryInit(0, 0, 0, 5);
        memoryCopy(0, 0, RUBBISH | 2, RUBBISH, RUBBISH | 5);
        assertThat(Raw.getLong(memory()) & 0xFF_FFFF_FFFF_FFFFL)
                .isEqualTo(
                        'h'
                                | 'e' << 8
                                | 'h' << 16
                                | 'e' << 24
                                | (long) 'l' << 32
                                | (long) 'l' << 40
                                | (long) 'o' << 48);
        memoryCopy(1, 0, 100, 2, RUBBISH | 5);
        assertThat(Raw.getByte(instance.memory(1).base() + 104)).isEqualTo((byte) 'o');
        memoryCopy(0, 0, 65536, 65536, 0);
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryCopy(0, 0, 65535, 0, 2));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryCopy(0, 0, 0, 65535, 2));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryCopy(0, 0, 0, 0, -1));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryCopy(1, 1, -1, 0, 1));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryCopy(1, 1, 65537, 0, 0));
    }

    @Test
    void copiesAndFillsLongOverlappingRangesInPieces() {
        MemoryInstance memory =
                store.newMemory(new MemoryType(Limits.atLeast(900), false, false, 16));
        ModuleInstance user =
                engine.instantiate(store, "(module (import \"\" \"\" (memory 900)))", memory);
        int bytes = 40 << 20;
        for (int at = 0; at < bytes; at += 4096) {
            Raw.putInt(memory.base() + at, at);
        }
        int copy = id(HostCall.MEMORY_COPY);
        HostCallDispatch.iilllToVoid(copy, user, 0, 0, 1 << 20, 0, bytes);
        for (int at = 0; at < bytes; at += 4096) {
            assertThat(Raw.getInt(memory.base() + (1 << 20) + at)).isEqualTo(at);
        }
        HostCallDispatch.iilllToVoid(copy, user, 0, 0, 4096, 1 << 20, bytes);
        for (int at = 0; at < bytes; at += 4096) {
            assertThat(Raw.getInt(memory.base() + 4096 + at)).isEqualTo(at);
        }
        int fill = id(HostCall.MEMORY_FILL);
        HostCallDispatch.ililToVoid(fill, user, 0, 1, 0x1FF, memory.byteLength() - 1);
        assertThat(Raw.getByte(memory.base())).isZero();
        assertThat(Raw.getByte(memory.base() + 1)).isEqualTo((byte) -1);
        assertThat(Raw.getByte(memory.base() + memory.byteLength() - 1)).isEqualTo((byte) -1);
        store.interrupt();
        assertTraps(
                TrapKind.INTERRUPTED,
                () -> HostCallDispatch.ililToVoid(fill, user, 0, 0, 0, bytes));
        assertTraps(
                TrapKind.INTERRUPTED,
                () -> HostCallDispatch.iilllToVoid(copy, user, 0, 0, 0, 1, bytes));
    }

    private void memoryFill(int memory, long to, int value, long bytes) {
        HostCallDispatch.ililToVoid(id(HostCall.MEMORY_FILL), instance, memory, to, value, bytes);
    }

    @Test
    void fillsMemories() {
        memoryFill(0, RUBBISH | 1, 0x1234, RUBBISH | 2);
        assertThat(Raw.getInt(memory())).isEqualTo(0x343400);
        memoryFill(0, 65536, 1, 0);
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryFill(0, 65536, 1, 1));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryFill(0, 1, 1, -1));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryFill(1, -1, 1, 1));
        assertTraps(TrapKind.MEMORY_OUT_OF_BOUNDS, () -> memoryFill(1, 1, 1, -1));
    }

    private long tableGet(int table, long index) {
        return HostCallDispatch.ilToL(id(HostCall.TABLE_GET), instance, table, index);
    }

    private void tableInit(int table, int segment, long to, long from, long count) {
        HostCallDispatch.iilllToVoid(
                id(HostCall.TABLE_INIT), instance, table, segment, to, from, count);
    }

    @Test
    void getsAndInitsTables() {
        tableInit(0, 0, RUBBISH | 2, RUBBISH, RUBBISH | 2);
        assertThat(tableGet(0, RUBBISH | 2)).isEqualTo(instance.function(0).record());
        assertThat(tableGet(0, 3)).isEqualTo(instance.function(1).record());
        tableInit(0, 1, 2, 0, 2);
        assertThat(tableGet(0, 2)).isZero();
        assertThat(tableGet(0, 3)).isEqualTo(instance.function(1).record());
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableGet(0, 4));
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableGet(0, -1));
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableGet(1, RUBBISH));
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableInit(0, 0, 3, 0, 2));
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableInit(0, 0, 0, 1, 2));
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableInit(1, 0, -1, 0, 2));
        HostCallDispatch.iToVoid(id(HostCall.ELEM_DROP), instance, 0);
        tableInit(0, 0, 4, 0, 0);
        assertTraps(TrapKind.TABLE_OUT_OF_BOUNDS, () -> tableInit(0, 0, 0, 0, 1));
    }

    @Test
    void copiesGrowsAndFillsTables() {
        long reference = HostCallDispatch.iToL(id(HostCall.REF_FUNC), instance, 1);
        assertThat(store.function(reference)).isSameAs(instance.function(1));
        int fill = id(HostCall.TABLE_FILL);
        HostCallDispatch.illlToVoid(fill, instance, 0, RUBBISH | 1, reference, RUBBISH | 2);
        assertThat(tableGet(0, 2)).isEqualTo(reference);
        assertTraps(
                TrapKind.TABLE_OUT_OF_BOUNDS,
                () -> HostCallDispatch.illlToVoid(fill, instance, 0, 3, reference, 2));
        int copy = id(HostCall.TABLE_COPY);
        HostCallDispatch.iilllToVoid(copy, instance, 1, 0, 0, RUBBISH | 1, RUBBISH | 3);
        assertThat(tableGet(1, 1)).isEqualTo(reference);
        assertThat(tableGet(1, 2)).isZero();
        assertTraps(
                TrapKind.TABLE_OUT_OF_BOUNDS,
                () -> HostCallDispatch.iilllToVoid(copy, instance, 1, 0, 2, 0, 3));
        int grow = id(HostCall.TABLE_GROW);
        assertThat(HostCallDispatch.illToL(grow, instance, 0, RUBBISH | 6, reference)).isEqualTo(4);
        assertThat(tableGet(0, 9)).isEqualTo(reference);
        assertThat(HostCallDispatch.illToL(grow, instance, 0, 1, 0)).isEqualTo(-1);
        assertThat(HostCallDispatch.illToL(grow, instance, 1, RUBBISH, 0)).isEqualTo(-1);
    }

    @Test
    void waitsOnSharedMemoryOnly() {
        int wait32 = id(HostCall.ATOMIC_WAIT32);
        int wait64 = id(HostCall.ATOMIC_WAIT64);
        int notify = id(HostCall.ATOMIC_NOTIFY);
        assertTraps(
                TrapKind.EXPECTED_SHARED_MEMORY,
                () -> HostCallDispatch.illlToI(wait32, instance, 0, 0, 0, 0));
        assertTraps(
                TrapKind.UNALIGNED_ATOMIC,
                () -> HostCallDispatch.illlToI(wait64, instance, 0, 4, 0, 0));
        assertTraps(
                TrapKind.MEMORY_OUT_OF_BOUNDS,
                () -> HostCallDispatch.illlToI(wait32, instance, 0, 65536, 0, 0));
        assertThat(HostCallDispatch.iliToI(notify, instance, 0, 0, -1)).isZero();
        assertTraps(
                TrapKind.UNALIGNED_ATOMIC,
                () -> HostCallDispatch.iliToI(notify, instance, 0, 2, 1));
        assertTraps(
                TrapKind.MEMORY_OUT_OF_BOUNDS,
                () -> HostCallDispatch.iliToI(notify, instance, 0, 0x1_0000_0000L, 1));
        ModuleInstance shared = engine.instantiate(store, "(module (memory 1 1 shared))");
        Raw.putLong(shared.memory(0).base() + 8, 77);
        assertThat(HostCallDispatch.illlToI(wait64, shared, 0, 8, 78, -1)).isEqualTo(1);
        assertThat(HostCallDispatch.illlToI(wait64, shared, 0, 8, 77, 1000)).isEqualTo(2);
        assertThat(HostCallDispatch.illlToI(wait32, shared, 0, 8, RUBBISH | 77, 0)).isEqualTo(2);
    }

    @Test
    void throwsExceptions() {
        long slots = store.slotTop();
        Slots.putI32(slots, 0, -5);
        Slots.putI64(slots, 1, 1L << 40);
        int id = id(HostCall.THROW);
        assertThatThrownBy(() -> HostCallDispatch.ilToVoid(id, instance, 0, slots))
                .isInstanceOfSatisfying(
                        GuestException.class,
                        e -> {
                            assertThat(e.exception().tag()).isSameAs(instance.tag(0));
                            assertThat(e.exception().slots()).containsExactly(-5, 1L << 40);
                            assertThrowsAgain(e.exception());
                        });
        assertTraps(
                TrapKind.NULL_EXCEPTION_REFERENCE,
                () -> HostCallDispatch.lToVoid(id(HostCall.THROW_REF), instance, 0));
    }

    private void assertThrowsAgain(ExceptionInstance exception) {
        long reference = store.handle(exception);
        assertThatThrownBy(
                        () -> HostCallDispatch.lToVoid(id(HostCall.THROW_REF), instance, reference))
                .isInstanceOfSatisfying(
                        GuestException.class, e -> assertThat(e.exception()).isSameAs(exception));
    }

    @ParameterizedTest
    @EnumSource(TrapKind.class)
    void traps(TrapKind kind) {
        assertTraps(kind, () -> HostCallDispatch.iToVoid(id(HostCall.TRAP), instance, kind.code()));
    }

    @Test
    void keepsTheCodesOfTraps() {
        assertThat(TrapKind.of(0)).isEqualTo(TrapKind.UNREACHABLE);
        assertThat(TrapKind.NULL_REFERENCE.code()).isEqualTo(9);
        assertThat(TrapKind.OUT_OF_MEMORY.code()).isEqualTo(17);
    }

    @Test
    void stopsAtSafepoints() {
        int id = id(HostCall.SAFEPOINT);
        HostCallDispatch.iToVoid(id, instance, HostCalls.REASON_INTERRUPT);
        store.interrupt();
        assertTraps(
                TrapKind.INTERRUPTED,
                () -> HostCallDispatch.iToVoid(id, instance, HostCalls.REASON_INTERRUPT));
        assertTraps(
                TrapKind.OUT_OF_FUEL,
                () -> HostCallDispatch.iToVoid(id, instance, HostCalls.REASON_FUEL));
    }

    @Test
    void callsImportsThatCallBack() {
        engine.function(1, (i, slots) -> Slots.putI32(slots, 0, 10 * Slots.getI32(slots, 0)));
        imported =
                (s, caller, slots) -> {
                    assertThat(caller).isSameAs(instance);
                    long top = s.slotTop();
                    Slots.putI32(top, 0, Slots.getI32(slots, 0) + 1);
                    s.invoke(instance.function(1), top);
                    Slots.putI32(slots, 0, Slots.getI32(top, 0));
                };
        long slots = store.slotTop();
        Slots.putI32(slots, 0, 4);
        store.slotTop(slots + Slots.SIZE);
        HostCallDispatch.ilToVoid(id(HostCall.CALL_IMPORT), instance, 0, slots);
        store.slotTop(slots);
        assertThat(Slots.getI32(slots, 0)).isEqualTo(50);
        imported =
                (s, caller, at) -> {
                    throw new Trap(TrapKind.UNREACHABLE);
                };
        assertTraps(
                TrapKind.UNREACHABLE,
                () -> HostCallDispatch.ilToVoid(id(HostCall.CALL_IMPORT), instance, 0, slots));
    }

    @Test
    void callsFunctionsOfOtherInstances() {
        engine.function(1, (i, slots) -> Slots.putI32(slots, 0, 3));
        ModuleInstance other =
                engine.instantiate(
                        store,
                        "(module (import \"\" \"\" (func (param i32) (result i32))))",
                        instance.function(1));
        long slots = store.slotTop();
        HostCallDispatch.ilToVoid(id(HostCall.CALL_IMPORT), other, 0, slots);
        assertThat(Slots.getI32(slots, 0)).isEqualTo(3);
        Slots.putI32(slots, 0, 0);
        HostCallDispatch.ilToVoid(
                id(HostCall.INVOKE_INTERPRETED), other, instance.function(1).number(), slots);
        assertThat(Slots.getI32(slots, 0)).isEqualTo(3);
        engine.function(
                1,
                (i, at) -> {
                    throw new Trap(TrapKind.INTEGER_OVERFLOW);
                });
        assertTraps(
                TrapKind.INTEGER_OVERFLOW,
                () ->
                        HostCallDispatch.ilToVoid(
                                id(HostCall.INVOKE_INTERPRETED),
                                other,
                                instance.function(1).number(),
                                slots));
    }

    @Test
    void knowsNoOtherIds() {
        assertThatThrownBy(() -> HostCallDispatch.iToVoid(0, instance, 0))
                .isInstanceOf(AssertionError.class);
    }
}
