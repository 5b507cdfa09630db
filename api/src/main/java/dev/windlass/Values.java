package dev.windlass;

import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.ValType;
import org.jspecify.annotations.Nullable;

/// Java objects to slots and back: the table of [Func#call] as code. Types are closed bits.
final class Values {
    private Values() {}

    /// Writes a value to its slots.
    static void put(Store store, int type, long slots, int slot, @Nullable Object value) {
        Slots.putI64(slots, slot, low(store, type, value));
        if (type == ValType.V128) {
            Slots.putI64(slots, slot + 1, high(value));
        }
    }

    /// The first slot of a value.
    static long low(Store store, int type, @Nullable Object value) {
        return switch (type) {
            case ValType.I32 -> required(Integer.class, value, type);
            case ValType.I64 -> required(Long.class, value, type);
            case ValType.F32 -> Float.floatToRawIntBits(required(Float.class, value, type));
            case ValType.F64 -> Double.doubleToRawLongBits(required(Double.class, value, type));
            case ValType.V128 -> required(V128.class, value, type).low();
            default -> toReference(store, type, value);
        };
    }

    /// The second slot of a vector, 0 for any other value.
    static long high(@Nullable Object value) {
        return value instanceof V128 v ? v.high() : 0;
    }

    /// Reads a value from its slots.
    static @Nullable Object load(Store store, int type, long slots, int slot) {
        long high = type == ValType.V128 ? Slots.getI64(slots, slot + 1) : 0;
        return fromBits(store, type, Slots.getI64(slots, slot), high);
    }

    /// The value that one or two slots hold.
    static @Nullable Object fromBits(Store store, int type, long low, long high) {
        return switch (type) {
            case ValType.I32 -> (int) low;
            case ValType.I64 -> low;
            case ValType.F32 -> Float.intBitsToFloat((int) low);
            case ValType.F64 -> Double.longBitsToDouble(low);
            case ValType.V128 -> new V128(low, high);
            default -> fromReference(store, type, low);
        };
    }

    /// The reference for an object.
    static long toReference(Store store, int type, @Nullable Object value) {
        if (value == null) {
            if (!ValType.isNullable(type)) {
                throw mismatch(value, type);
            }
            return 0;
        }
        return switch (hierarchy(type)) {
            case ValType.HEAP_FUNC -> function(store, type, value).record();
            case ValType.HEAP_EXTERN -> store.runtime().handle(value);
            case ValType.HEAP_EXN -> store.runtime().handle(exception(store, type, value));
            default -> throw unsupported(type);
        };
    }

    /// The object of a reference.
    static @Nullable Object fromReference(Store store, int type, long reference) {
        if (reference == 0) {
            return null;
        }
        return switch (hierarchy(type)) {
            case ValType.HEAP_FUNC -> new Func(store, store.runtime().function(reference));
            case ValType.HEAP_EXTERN -> store.runtime().object(reference);
            case ValType.HEAP_EXN ->
                    store.runtime().object(reference) instanceof ExceptionInstance e
                            ? new GuestException(store, new dev.windlass.runtime.GuestException(e))
                            : null;
            default -> throw unsupported(type);
        };
    }

    private static FunctionInstance function(Store store, int type, Object value) {
        Func func = required(Func.class, value, type);
        store.requireOwn(func.store(), "the function");
        int given = ValType.ref(false, ValType.CLOSED | func.instance().type().id());
        if (!TypeRegistry.matches(given, type)) {
            throw new IllegalArgumentException(
                    "a function of type "
                            + func.type()
                            + " is not a value of type "
                            + ValueType.ofClosed(type));
        }
        return func.instance();
    }

    private static ExceptionInstance exception(Store store, int type, Object value) {
        GuestException exception = required(GuestException.class, value, type);
        store.requireOwn(exception.store(), "the exception");
        return exception.origin().exception();
    }

    /// The top of the hierarchy that a reference type is in.
    private static int hierarchy(int type) {
        int heap = ValType.heapType(type);
        return switch (heap) {
            case ValType.HEAP_FUNC, ValType.HEAP_NOFUNC -> ValType.HEAP_FUNC;
            case ValType.HEAP_EXTERN, ValType.HEAP_NOEXTERN -> ValType.HEAP_EXTERN;
            case ValType.HEAP_EXN, ValType.HEAP_NOEXN -> ValType.HEAP_EXN;
            default -> isFunction(heap) ? ValType.HEAP_FUNC : ValType.HEAP_ANY;
        };
    }

    private static boolean isFunction(int heap) {
        if (ValType.isAbstract(heap)) {
            return false;
        }
        DefType definition = TypeRegistry.byId(ValType.index(heap));
        CompositeType composite = definition == null ? null : definition.composite();
        return composite instanceof FuncType;
    }

    private static <T> T required(Class<T> java, @Nullable Object value, int type) {
        if (!java.isInstance(value)) {
            throw mismatch(value, type);
        }
        return java.cast(value);
    }

    private static IllegalArgumentException mismatch(@Nullable Object value, int type) {
        return new IllegalArgumentException(
                (value == null ? "null" : value.getClass().getName() + " " + value)
                        + " is not a value of type "
                        + ValueType.ofClosed(type));
    }

    private static UnsupportedOperationException unsupported(int type) {
        return new UnsupportedOperationException(
                "values of type " + ValueType.ofClosed(type) + " are not supported yet");
    }
}
