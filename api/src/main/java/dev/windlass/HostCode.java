package dev.windlass;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.runtime.RuntimeStore;
import org.jspecify.annotations.Nullable;

/// A host function as the runtime wants it: makes the [Call], and lets traps and guest exceptions
/// of nested calls go on as what they were, so that backtraces continue and guests can catch.
final class HostCode implements dev.windlass.runtime.HostFunction {
    private final Store store;
    private final CallShape shape;
    private final HostFunction function;

    HostCode(Store store, FunctionType type, HostFunction function) {
        this.store = store;
        this.shape = new CallShape(type);
        this.function = function;
    }

    @Override
    public void call(RuntimeStore runtime, @Nullable ModuleInstance caller, long slots) {
        Call call = new Call(store, shape, caller, slots);
        try {
            function.call(call);
        } catch (Trap e) {
            throw e.origin();
        } catch (GuestException e) {
            throw e.origin();
        } finally {
            call.end();
        }
        call.finish();
    }

    /// Host code that reads and writes its slots itself.
    static dev.windlass.runtime.HostFunction translating(Store store, SlotCode code) {
        return (runtime, caller, slots) -> {
            try {
                code.call(slots);
            } catch (Trap e) {
                throw e.origin();
            } catch (GuestException e) {
                throw e.origin();
            }
        };
    }

    /// Reads arguments from slots and writes results there.
    @FunctionalInterface
    interface SlotCode {
        void call(long slots);
    }
}
