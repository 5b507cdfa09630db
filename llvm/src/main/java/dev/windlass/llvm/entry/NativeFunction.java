package dev.windlass.llvm.entry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.windlass.llvm.thunk.Status;
import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.StoreState;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;

/// A compiled function of an instance, as Java calls it: one downcall for all types. Everything that
/// does not change from call to call is looked up when it is made. Used by one thread at a time, as
/// its store is.
public final class NativeFunction {
    /// The one downcall. Its own class, because the address is known when the first library is there.
    private static final class Door {
        private static final MethodHandle ENTER =
                Linker.nativeLinker()
                        .downcallHandle(
                                MemorySegment.ofAddress(Entry.enter()),
                                FunctionDescriptor.of(
                                        JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                        JAVA_LONG));
    }

    /// Makes the downcall while there is stack enough for that.
    static void prepare() {
        Objects.requireNonNull(Door.ENTER);
    }

    private final RuntimeStore store;
    private final NativeState nativeState;
    private final long record;
    private final long context;
    private final long thunk;

    /// Bytes of the slots that arguments and results need in the same place.
    private final long slotBytes;

    private final boolean countsFuel;

    NativeFunction(FunctionInstance function, long thunk, long slotBytes, boolean countsFuel) {
        store = function.store();
        nativeState = NativeState.of(store);
        record = function.record();
        context = Raw.getLong(record + FunctionRecord.CONTEXT);
        this.thunk = thunk;
        this.slotBytes = slotBytes;
        this.countsFuel = countsFuel;
    }

    /// Whether it does all that its store asks for at the moment.
    public boolean isUsable() {
        return countsFuel || !store.hasFuel();
    }

    /// Calls the function.
    ///
    /// @param slots address of the arguments; results replace them
    public void invoke(long slots) {
        long above = slots + slotBytes;
        if (above > store.slotEnd()) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        }
        // At its address: by way of the store there would be more levels than HotSpot inlines.
        long slotTop = store.state() + StoreState.SLOT_TOP;
        long top = Raw.getLong(slotTop);
        Raw.putLong(slotTop, above);
        try {
            nativeState.limitStack();
            int status = enter(slots);
            if (status != Status.RETURNED) {
                throw failure(status);
            }
        } finally {
            Raw.putLong(slotTop, top);
        }
    }

    private int enter(long slots) {
        long code = Raw.getLong(record + FunctionRecord.CALL); // may be replaced
        try {
            return (int) Door.ENTER.invokeExact(thunk, code, context, slots, record);
        } catch (Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// What ended a function that did not return.
    private RuntimeException failure(int status) {
        long state = store.state();
        if (status == Status.TRAPPED) {
            Trap trap = new Trap(TrapKind.of(Raw.getInt(state + StoreState.TRAP_KIND)));
            trap.addFrames(NativeFrames.of(state, Raw.getInt(state + StoreState.TRAP_OFFSET)));
            return trap;
        }
        long exception = Raw.getLong(state + StoreState.EXCEPTION);
        if (status == Status.EXCEPTION && exception != 0) {
            Raw.putLong(state + StoreState.EXCEPTION, 0);
            Object thrown = Objects.requireNonNull(store.object(exception));
            return new GuestException((ExceptionInstance) thrown);
        }
        Throwable thrown = nativeState.take();
        if (thrown instanceof Trap trap) {
            trap.addFrames(NativeFrames.of(state, -1));
        }
        return NativeFunction.<RuntimeException>again(thrown);
    }

    /// Throws what the host threw, whatever it is.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException again(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
