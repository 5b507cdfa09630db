package dev.windlass.runtime;

import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.TypeRegistry;
import dev.windlass.wasm.ValType;

/// The types of references at run time: what `ref.test`, `ref.cast` and their branches ask.
///
/// There are no objects yet that a guest has made itself. So a reference that is not null is a
/// function, an object of the host (extern, or any when converted), or an exception, and which of
/// the three is known from validation.
public final class ReferenceTypes {
    private ReferenceTypes() {}

    /// Whether a reference is of a type.
    ///
    /// @param type closed, of the hierarchy of types that the reference belongs to
    public static boolean matches(RuntimeStore store, long reference, int type) {
        return reference == 0 ? ValType.isNullable(type) : matchesHeap(store, reference, type);
    }

    private static boolean matchesHeap(RuntimeStore store, long reference, int type) {
        int heap = ValType.heapType(type);
        return switch (heap) {
            case ValType.HEAP_FUNC, ValType.HEAP_EXTERN, ValType.HEAP_EXN, ValType.HEAP_ANY -> true;
            default -> !ValType.isAbstract(heap) && isOf(store, reference, ValType.index(heap));
        };
    }

    private static boolean isOf(RuntimeStore store, long reference, int id) {
        DefType type = TypeRegistry.byId(id);
        return type != null
                && type.composite() instanceof FuncType
                && store.function(reference).type().isSubtypeOf(type);
    }
}
