package dev.windlass.llvm.entry;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.thunk.Shape;
import dev.windlass.runtime.FunctionInstance;
import dev.windlass.runtime.RuntimeStore;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.FuncType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The bridges of all loaded libraries by shape; the first that comes serves all stores.
public final class Bridges {
    private static final Map<Shape, Long> BY_SHAPE = new ConcurrentHashMap<>();

    private Bridges() {}

    /// Takes the bridges of a library, and gives all functions of a store that have no code one.
    public static void add(NativeLibrary library, RuntimeStore store) {
        for (Shape shape : library.shapes()) {
            BY_SHAPE.computeIfAbsent(shape, s -> kept(library, s));
        }
        store.forEachFunction(Bridges::link);
    }

    private static long kept(NativeLibrary library, Shape shape) {
        library.keep();
        return library.bridge(shape);
    }

    private static void link(FunctionInstance function) {
        link(function.record(), function.funcType());
    }

    /// Gives a record without code the bridge of its shape, if there is one by now.
    public static void link(long record, FuncType type) {
        if (Raw.getLong(record + FunctionRecord.CALL) == 0) {
            Long bridge = BY_SHAPE.get(Shape.of(type));
            if (bridge != null) {
                Raw.putLong(record + FunctionRecord.CALL, bridge);
            }
        }
    }
}
