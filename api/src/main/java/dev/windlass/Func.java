package dev.windlass;

import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.Slots;
import org.jspecify.annotations.Nullable;

/// A function of a store: a guest's or the host's.
///
/// Values in Java:
///
/// | WebAssembly | Java |
/// |---|---|
/// | i32, i64, f32, f64 | `Integer`, `Long`, `Float`, `Double` |
/// | v128 | [V128] |
/// | function references | [Func] of the same store, or null |
/// | external references | any object, or null |
/// | exception references | [GuestException], or null |
public final class Func implements Extern {
    private static final Object[] NONE = {};

    private final Store store;
    private final RuntimeStore runtime;
    private final FunctionInstance instance;
    private final CallShape shape;

    Func(Store store, FunctionInstance instance) {
        this.store = store;
        this.runtime = store.runtime();
        this.instance = instance;
        this.shape = new CallShape(FunctionType.ofClosed(instance.funcType()));
    }

    @Override
    public FunctionType type() {
        return shape.type;
    }

    public Store store() {
        return store;
    }

    /// Calls the function with arguments of any types.
    ///
    /// @return one object a result
    /// @throws IllegalArgumentException if the arguments are not of the function's type
    /// @throws Trap if the guest traps
    /// @throws GuestException if the guest throws what nobody catches
    /// @throws IllegalStateException if the store is closed or in use by another thread
    public @Nullable Object[] call(@Nullable Object... arguments) {
        if (arguments.length != shape.params.length) {
            throw new IllegalArgumentException(
                    arguments.length + " arguments given to a function of type " + shape.type);
        }
        runtime.enter();
        try {
            long slots = slots();
            put(arguments, slots);
            invoke(slots);
            return results(slots);
        } finally {
            runtime.exit();
        }
    }

    /// While arguments are written, their slots count as used: a sweep of references sees them.
    private void put(@Nullable Object[] arguments, long slots) {
        runtime.slotTop(slots + (long) shape.slotCount * Slots.SIZE);
        try {
            for (int i = 0; i < arguments.length; i++) {
                Values.put(store, shape.params[i], slots, shape.paramSlots[i], arguments[i]);
            }
        } finally {
            runtime.slotTop(slots);
        }
    }

    /// A view by which the function is called like a Java one, without boxing:
    /// `IntBinaryOperator add = func.as(Signature.I32_I32_TO_I32)`.
    ///
    /// @throws IllegalArgumentException if the function is not of that type
    public <F> F as(Signature<F> signature) {
        if (!signature.type().equals(shape.type)) {
            throw new IllegalArgumentException(
                    "the function's type is " + shape.type + ", not " + signature.type());
        }
        return signature.view(this);
    }

    private @Nullable Object[] results(long slots) {
        int count = shape.results.length;
        if (count == 0) {
            return NONE;
        }
        @Nullable Object[] results = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            results[i] = Values.load(store, shape.results[i], slots, shape.resultSlots[i]);
        }
        return results;
    }

    // Calls by numbers alone: each argument is the bits of a slot, so is the first result.

    long raw() {
        runtime.enter();
        try {
            return first(slots());
        } finally {
            runtime.exit();
        }
    }

    long raw(long a) {
        runtime.enter();
        try {
            long slots = slots();
            Slots.putI64(slots, 0, a);
            return first(slots);
        } finally {
            runtime.exit();
        }
    }

    long raw(long a, long b) {
        runtime.enter();
        try {
            long slots = slots();
            Slots.putI64(slots, 0, a);
            Slots.putI64(slots, 1, b);
            return first(slots);
        } finally {
            runtime.exit();
        }
    }

    long raw(long a, long b, long c) {
        runtime.enter();
        try {
            long slots = slots();
            Slots.putI64(slots, 0, a);
            Slots.putI64(slots, 1, b);
            Slots.putI64(slots, 2, c);
            return first(slots);
        } finally {
            runtime.exit();
        }
    }

    long raw(long a, long b, long c, long d) {
        runtime.enter();
        try {
            long slots = slots();
            Slots.putI64(slots, 0, a);
            Slots.putI64(slots, 1, b);
            Slots.putI64(slots, 2, c);
            Slots.putI64(slots, 3, d);
            return first(slots);
        } finally {
            runtime.exit();
        }
    }

    private long first(long slots) {
        invoke(slots);
        return shape.resultSlotCount == 0 ? 0 : Slots.getI64(slots, 0);
    }

    /// Where the arguments of a call go. The store has been entered.
    private long slots() {
        long slots = runtime.slotTop();
        if (runtime.slotEnd() - slots < (long) shape.slotCount * Slots.SIZE) {
            throw new Trap(
                    new dev.windlass.runtime.Trap(
                            dev.windlass.runtime.TrapKind.CALL_STACK_EXHAUSTED));
        }
        return slots;
    }

    /// Calls with the arguments at [#slots()].
    private void invoke(long slots) {
        try {
            runtime.invokeEntered(instance, slots);
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e, store.engine().hasJavaStackTraces());
        } catch (dev.windlass.runtime.GuestException e) {
            throw new GuestException(store, e, store.engine().hasJavaStackTraces());
        } catch (dev.windlass.runtime.UnsupportedModuleException e) {
            throw new UnsupportedModuleException(e.getMessage());
        }
    }

    FunctionInstance instance() {
        return instance;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Func f && f.instance.equals(instance);
    }

    @Override
    public int hashCode() {
        return instance.hashCode();
    }

    @Override
    public String toString() {
        return "Func[" + shape.type + "]";
    }
}
