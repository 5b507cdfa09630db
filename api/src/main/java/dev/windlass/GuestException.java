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
    private final transient List<@Nullable Object> arguments;

    GuestException(Store store, dev.windlass.runtime.GuestException origin) {
        this(store, origin, true);
    }

    GuestException(
            Store store, dev.windlass.runtime.GuestException origin, boolean hasJavaStackTrace) {
        super("uncaught WebAssembly exception", origin, true, hasJavaStackTrace);
        this.store = store;
        this.origin = origin;
        this.arguments = arguments(store, origin.exception());
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
        return arguments;
    }

    /// Read at once: the references among them live only as long as something in the store, or we,
    /// hold the objects.
    private static List<@Nullable Object> arguments(Store store, ExceptionInstance exception) {
        CallShape shape = new CallShape(FunctionType.ofClosed(exception.tag().type().funcType()));
        List<@Nullable Object> arguments = new ArrayList<>(shape.params.length);
        boolean outermost = store.enter();
        try {
            for (int i = 0; i < shape.params.length; i++) {
                long[] slots = exception.slots();
                int slot = shape.paramSlots[i];
                long high = shape.params[i] == ValType.V128 ? slots[slot + 1] : 0;
                arguments.add(Values.fromBits(store, shape.params[i], slots[slot], high));
            }
        } finally {
            store.leave(outermost);
        }
        return Collections.unmodifiableList(arguments);
    }

    Store store() {
        return store;
    }

    dev.windlass.runtime.GuestException origin() {
        return origin;
    }
}
