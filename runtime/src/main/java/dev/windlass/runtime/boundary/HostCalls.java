package dev.windlass.runtime.boundary;

import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.HostFunction;
import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.TableInstance;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.wasm.DefType;
import java.util.Objects;

/// The targets of the [HostCall]s: one static method each, of the same name, the calling instance
/// before the parameters of its signature. Engines call them through [HostCallDispatch].
///
/// Addresses, indices and counts come as the guest computed them, i32 extended in any way: the
/// methods take what the memory's or table's address type says.
public final class HostCalls {
    /// Reasons of [HostCall#SAFEPOINT].
    public static final int REASON_INTERRUPT = 0;

    public static final int REASON_FUEL = 1;

    /// Longer copies and fills are cut into pieces of this many bytes, between which an interrupt
    /// is noticed.
    private static final long PIECE = 16L << 20;

    private HostCalls() {}

    private static long unsigned(boolean is64, long value) {
        return is64 ? value : value & 0xFFFF_FFFFL;
    }

    private static long unsigned(MemoryInstance memory, long value) {
        return unsigned(memory.type().is64(), value);
    }

    private static long unsigned(TableInstance table, long value) {
        return unsigned(table.type().is64(), value);
    }

    // Memories.

    static long memoryGrow(ModuleInstance instance, int memory, long pages) {
        MemoryInstance m = instance.memory(memory);
        return m.grow(unsigned(m, pages));
    }

    static void memoryInit(
            ModuleInstance instance, int memory, int segment, long to, long from, long bytes) {
        MemoryInstance m = instance.memory(memory);
        instance.segments()
                .initMemory(
                        m, segment, unsigned(m, to), unsigned(false, from), unsigned(false, bytes));
    }

    static void dataDrop(ModuleInstance instance, int segment) {
        instance.segments().dropData(segment);
    }

    static void memoryCopy(
            ModuleInstance instance, int toMemory, int fromMemory, long to, long from, long bytes) {
        MemoryInstance target = instance.memory(toMemory);
        MemoryInstance source = instance.memory(fromMemory);
        long count = unsigned(target.type().is64() && source.type().is64(), bytes);
        long sourceAt = source.range(unsigned(source, from), count);
        long targetAt = target.range(unsigned(target, to), count);
        if (count <= PIECE) {
            Raw.copy(sourceAt, targetAt, count);
        } else {
            copyPieces(instance.store(), sourceAt, targetAt, count);
        }
    }

    /// Forward or backward, so that overlapping ranges do not destroy what is still to be copied.
    private static void copyPieces(RuntimeStore store, long from, long to, long bytes) {
        boolean isBackward = Long.compareUnsigned(to, from) > 0;
        for (long done = 0; done < bytes; ) {
            checkInterrupt(store);
            long piece = Math.min(PIECE, bytes - done);
            long at = isBackward ? bytes - done - piece : done;
            Raw.copy(from + at, to + at, piece);
            done += piece;
        }
    }

    static void memoryFill(ModuleInstance instance, int memory, long to, int value, long bytes) {
        MemoryInstance m = instance.memory(memory);
        long count = unsigned(m, bytes);
        long at = m.range(unsigned(m, to), count);
        while (count > PIECE) {
            Raw.fill(at, PIECE, (byte) value);
            at += PIECE;
            count -= PIECE;
            checkInterrupt(instance.store());
        }
        Raw.fill(at, count, (byte) value);
    }

    private static void checkInterrupt(RuntimeStore store) {
        if (store.isInterrupted()) {
            throw new Trap(TrapKind.INTERRUPTED);
        }
    }

    // Tables.

    static long tableGet(ModuleInstance instance, int table, long index) {
        TableInstance t = instance.table(table);
        return t.get(unsigned(t, index));
    }

    static void tableInit(
            ModuleInstance instance, int table, int segment, long to, long from, long count) {
        TableInstance t = instance.table(table);
        instance.segments()
                .initTable(
                        t, segment, unsigned(t, to), unsigned(false, from), unsigned(false, count));
    }

    static void elemDrop(ModuleInstance instance, int segment) {
        instance.segments().dropElements(segment);
    }

    static void tableCopy(
            ModuleInstance instance, int toTable, int fromTable, long to, long from, long count) {
        TableInstance target = instance.table(toTable);
        TableInstance source = instance.table(fromTable);
        boolean is64 = target.type().is64() && source.type().is64();
        target.copy(unsigned(target, to), source, unsigned(source, from), unsigned(is64, count));
    }

    static long tableGrow(ModuleInstance instance, int table, long count, long reference) {
        TableInstance t = instance.table(table);
        return t.grow(unsigned(t, count), reference);
    }

    static void tableFill(
            ModuleInstance instance, int table, long index, long reference, long count) {
        TableInstance t = instance.table(table);
        t.fill(unsigned(t, index), reference, unsigned(t, count));
    }

    static long refFunc(ModuleInstance instance, int function) {
        return instance.functionReference(function);
    }

    // Atomics. The address is the effective one, so it may have 33 bits.

    static int atomicWait32(
            ModuleInstance instance, int memory, long address, long expected, long nanos) {
        return instance.memory(memory).await(instance.store(), address, 4, expected, nanos);
    }

    static int atomicWait64(
            ModuleInstance instance, int memory, long address, long expected, long nanos) {
        return instance.memory(memory).await(instance.store(), address, 8, expected, nanos);
    }

    static int atomicNotify(ModuleInstance instance, int memory, long address, int count) {
        return instance.memory(memory).wake(address, count);
    }

    // Leaving.

    static void throwException(ModuleInstance instance, int tag, long slots) {
        throw new GuestException(instance.store().newException(instance.tag(tag), slots));
    }

    static void throwRef(ModuleInstance instance, long reference) {
        Object exception = instance.store().object(reference);
        if (exception == null) {
            throw new Trap(TrapKind.NULL_EXCEPTION_REFERENCE);
        }
        throw new GuestException((ExceptionInstance) exception);
    }

    static long exceptionMatches(ModuleInstance instance, int tag, long reference) {
        ExceptionInstance exception =
                (ExceptionInstance) Objects.requireNonNull(instance.store().object(reference));
        if (exception.tag() != instance.tag(tag)) {
            return 0;
        }
        long to = instance.store().state() + StoreState.RESULTS;
        for (long value : exception.slots()) {
            Raw.putLong(to, value);
            to += Slots.SIZE;
        }
        return 1;
    }

    static void trap(ModuleInstance instance, int kind) {
        throw new Trap(TrapKind.of(kind));
    }

    /// Returns if there is no reason any more.
    static void safepoint(ModuleInstance instance, int reason) {
        if (reason == REASON_FUEL) {
            throw new Trap(TrapKind.OUT_OF_FUEL);
        }
        checkInterrupt(instance.store());
    }

    /// An interruption has raised the stack limit: it goes on, or is over and the limit made true.
    static void stackCheck(ModuleInstance instance, int offset) {
        checkInterrupt(instance.store());
        instance.store().restoreStackLimit();
    }

    /// The check of an indirect call whose callee has another type than the expected one.
    static long calleeMatches(ModuleInstance instance, int typeIndex, long reference) {
        DefType actual = instance.store().function(reference).type();
        return actual.isSubtypeOf(instance.module().defType(typeIndex)) ? 1 : 0;
    }

    /// The engine has set the store's slot top above the arguments and its own frame.
    static void callImport(ModuleInstance instance, int function, long slots) {
        FunctionInstance callee = instance.function(function);
        HostFunction host = callee.host();
        if (host != null) {
            host.call(instance.store(), instance, slots);
        } else {
            instance.store().invoke(callee, slots);
        }
    }

    static void invokeInterpreted(ModuleInstance instance, int number, long slots) {
        RuntimeStore store = instance.store();
        FunctionInstance callee = store.functionByNumber(number);
        HostFunction host = callee.host();
        if (host != null) {
            host.call(store, instance, slots);
        } else {
            FunctionInstance tail = store.invokeUpToTailCall(callee, slots);
            if (tail != null) {
                ArgumentPlaces.of(tail.funcType().params()).spread(slots, store.state());
                Raw.putLong(store.state() + StoreState.TAIL_RECORD, tail.record());
            }
        }
    }
}
