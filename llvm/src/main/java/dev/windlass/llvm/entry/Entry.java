package dev.windlass.llvm.entry;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.llvm.thunk.Status;
import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Module;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Calls of compiled functions from Java: one downcall for all types.
public final class Entry {
    /// `wl_enter` of any library.
    private static final MethodHandle ENTER =
            Linker.nativeLinker()
                    .downcallHandle(
                            FunctionDescriptor.of(
                                    JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                                    JAVA_LONG));

    /// The address of `wl_enter` of the first library: all calls enter by the same one, so that the
    /// signal handler knows where frames of guests end.
    private static @Nullable MemorySegment first;

    private final Module module;
    private final MemorySegment enter;

    /// Of each type index that is a function type: its enter thunk.
    private final long[] thunks;

    /// Of each: bytes of the slots that arguments and results need in the same place.
    private final long[] slotBytes;

    public Entry(NativeLibrary library, Module module) {
        this.module = module;
        enter = enter(library);
        SignalTraps.add(library);
        NativeFrames.add(library, module);
        thunks = new long[module.types().size()];
        slotBytes = new long[thunks.length];
        for (int i = 0; i < thunks.length; i++) {
            if (module.types().get(i).composite() instanceof FuncType type) {
                Shape shape = Shape.of(type);
                thunks[i] = library.enterThunk(shape);
                slotBytes[i] = (long) shape.slots() * Slots.SIZE;
            }
        }
    }

    private static synchronized MemorySegment enter(NativeLibrary library) {
        MemorySegment known = first;
        if (known == null) {
            library.keep();
            known = MemorySegment.ofAddress(library.enter());
            first = known;
        }
        return known;
    }

    /// Makes a context usable by compiled code.
    public static void prepare(ModuleInstance instance) {
        int number = NativeInstances.add(instance);
        NativeState.of(instance.store()).add(number);
        Raw.putInt(instance.context() + ContextLayout.INSTANCE, number);
        Raw.putLong(instance.context() + ContextLayout.HOST_CALLS, HostTable.ADDRESS);
    }

    /// Whether all native code of a store counts fuel, or none, after some that does or does not.
    public static boolean agreeOnFuel(RuntimeStore store, boolean countsFuel) {
        return NativeState.of(store).agreeOnFuel(countsFuel);
    }

    /// Gives back what a store has here.
    public static void close(RuntimeStore store) {
        if (store.nativeState() instanceof NativeState state) {
            state.close();
        }
    }

    /// Calls a compiled function.
    ///
    /// @param slots address of the arguments; results replace them
    public void invoke(RuntimeStore store, FunctionInstance function, long slots) {
        int type = module.functionTypeIndex(function.index());
        long above = slots + slotBytes[type];
        if (above > store.slotEnd()) {
            throw new Trap(TrapKind.CALL_STACK_EXHAUSTED);
        }
        long top = store.slotTop();
        store.slotTop(above);
        try {
            store.stackLimit(ThreadStack.limit());
            int status = call(thunks[type], function.record(), slots);
            if (status != Status.RETURNED) {
                throw failure(store, status);
            }
        } finally {
            store.slotTop(top);
        }
    }

    private int call(long thunk, long record, long slots) {
        try {
            return (int)
                    ENTER.invokeExact(
                            enter,
                            thunk,
                            Raw.getLong(record + FunctionRecord.CALL),
                            Raw.getLong(record + FunctionRecord.CONTEXT),
                            slots,
                            record);
        } catch (Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    /// What ended a function that did not return.
    private static RuntimeException failure(RuntimeStore store, int status) {
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
        Throwable thrown = NativeState.of(store).take();
        if (thrown instanceof Trap trap) {
            trap.addFrames(NativeFrames.of(state, -1));
        }
        return Entry.<RuntimeException>again(thrown);
    }

    /// Throws what the host threw, whatever it is.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException again(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
