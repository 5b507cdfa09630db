package dev.windlass;

import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.wasm.ValType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A WebAssembly exception: one that a guest threw and did not catch, or one that a host function
/// throws for the guest to catch.
public final class GuestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Store store;
    private final transient dev.windlass.runtime.GuestException origin;

    GuestException(Store store, dev.windlass.runtime.GuestException origin) {
        super("uncaught WebAssembly exception", origin);
        this.store = store;
        this.origin = origin;
    }

    /// A new exception.
    ///
    /// @param arguments of the tag's type: see [Func]
    public GuestException(Tag tag, @Nullable Object... arguments) {
        this(tag.store(), new dev.windlass.runtime.GuestException(instance(tag, arguments)));
    }

    private static ExceptionInstance instance(Tag tag, @Nullable Object[] arguments) {
        CallShape shape = new CallShape(tag.type().type());
        if (arguments.length != shape.params.length) {
            throw new IllegalArgumentException(
                    arguments.length + " arguments given to a tag of type " + shape.type);
        }
        long[] slots = new long[shape.slotCount];
        for (int i = 0; i < arguments.length; i++) {
            slots[shape.paramSlots[i]] = Values.low(tag.store(), shape.params[i], arguments[i]);
            if (arguments[i] instanceof V128 v) {
                slots[shape.paramSlots[i] + 1] = v.high();
            }
        }
        return new ExceptionInstance(tag.instance(), slots);
    }

    public Tag tag() {
        return new Tag(store, origin.exception().tag());
    }

    /// What it carries: see [Func].
    public List<@Nullable Object> arguments() {
        CallShape shape = new CallShape(tag().type().type());
        List<@Nullable Object> arguments = new ArrayList<>(shape.params.length);
        for (int i = 0; i < shape.params.length; i++) {
            arguments.add(argument(shape.params[i], shape.paramSlots[i]));
        }
        return Collections.unmodifiableList(arguments);
    }

    private @Nullable Object argument(int type, int slot) {
        boolean outermost = store.enter();
        try {
            long[] slots = origin.exception().slots();
            long high = type == ValType.V128 ? slots[slot + 1] : 0;
            return Values.fromBits(store, type, slots[slot], high);
        } finally {
            store.leave(outermost);
        }
    }

    Store store() {
        return store;
    }

    dev.windlass.runtime.GuestException origin() {
        return origin;
    }
}
