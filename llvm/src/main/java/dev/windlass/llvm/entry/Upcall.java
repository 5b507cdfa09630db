package dev.windlass.llvm.entry;

import dev.windlass.llvm.thunk.Status;
import dev.windlass.runtime.GuestException;
import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.HostCallDispatch;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.runtime.boundary.StoreState;

/// Where compiled code arrives in Java. Nothing is ever thrown out of it: a Java exception must not
/// cross native frames.
final class Upcall {
    private static final HostCall[] CALLS = HostCall.values();

    private Upcall() {}

    /// @param id of the [HostCall]
    /// @param context the caller's
    /// @param slots the arguments, each in a slot; the result replaces the first
    /// @return a [Status]
    @SuppressWarnings("unused") // called by compiled code
    static int call(long id, long context, long slots) {
        ModuleInstance instance = NativeInstances.get(Raw.getInt(context + ContextLayout.INSTANCE));
        try {
            dispatch((int) id, instance, slots);
            return Status.RETURNED;
        } catch (GuestException e) {
            return thrown(instance.store(), e);
        } catch (Throwable t) {
            NativeState.of(instance.store()).pending = t;
            return Status.THROWN;
        }
    }

    /// Compiled code that handles an exception gets a reference to it; Java gets it as it is.
    private static int thrown(RuntimeStore store, GuestException e) {
        long state = store.state();
        NativeState pending = NativeState.of(store);
        if (Raw.getLong(state + StoreState.HANDLER) == Raw.getLong(state + StoreState.ENTRY)) {
            pending.pending = e;
            return Status.EXCEPTION;
        }
        try {
            Raw.putLong(state + StoreState.EXCEPTION, store.handle(e.exception()));
            return Status.EXCEPTION;
        } catch (Throwable t) {
            pending.pending = t;
            return Status.THROWN;
        }
    }

    /// One case a signature: a table.
    private static void dispatch(int id, ModuleInstance instance, long s) {
        switch (CALLS[id].signature()) {
            case I_ -> HostCallDispatch.iToVoid(id, instance, i(s, 0));
            case I_L -> result(s, HostCallDispatch.iToL(id, instance, i(s, 0)));
            case L_ -> HostCallDispatch.lToVoid(id, instance, l(s, 0));
            case IL_ -> HostCallDispatch.ilToVoid(id, instance, i(s, 0), l(s, 1));
            case IL_L -> result(s, HostCallDispatch.ilToL(id, instance, i(s, 0), l(s, 1)));
            case ILL_L ->
                    result(s, HostCallDispatch.illToL(id, instance, i(s, 0), l(s, 1), l(s, 2)));
            case ILLL_ ->
                    HostCallDispatch.illlToVoid(id, instance, i(s, 0), l(s, 1), l(s, 2), l(s, 3));
            case ILIL_ ->
                    HostCallDispatch.ililToVoid(id, instance, i(s, 0), l(s, 1), i(s, 2), l(s, 3));
            case IILLL_ ->
                    HostCallDispatch.iilllToVoid(
                            id, instance, i(s, 0), i(s, 1), l(s, 2), l(s, 3), l(s, 4));
            case ILI_I ->
                    result(s, HostCallDispatch.iliToI(id, instance, i(s, 0), l(s, 1), i(s, 2)));
            case ILLL_I ->
                    result(
                            s,
                            HostCallDispatch.illlToI(
                                    id, instance, i(s, 0), l(s, 1), l(s, 2), l(s, 3)));
        }
    }

    private static int i(long slots, int slot) {
        return Slots.getI32(slots, slot);
    }

    private static long l(long slots, int slot) {
        return Slots.getI64(slots, slot);
    }

    private static void result(long slots, long value) {
        Slots.putI64(slots, 0, value);
    }
}
