package dev.windlass;

import dev.windlass.runtime.GlobalInstance;
import org.jspecify.annotations.Nullable;

/// A global. Values in Java: see [Func].
public final class Global implements Extern {
    private final Store store;
    private final GlobalInstance instance;

    Global(Store store, GlobalInstance instance) {
        this.store = store;
        this.instance = instance;
    }

    @Override
    public GlobalType type() {
        dev.windlass.wasm.GlobalType type = instance.type();
        return new GlobalType(ValueType.ofClosed(type.type()), type.mutable());
    }

    public @Nullable Object get() {
        boolean outermost = store.enter();
        try {
            return Values.load(store, instance.type().type(), instance.cell(), 0);
        } finally {
            store.leave(outermost);
        }
    }

    /// @throws IllegalStateException if the global is not mutable
    public void set(@Nullable Object value) {
        if (!instance.type().mutable()) {
            throw new IllegalStateException("the global is not mutable");
        }
        boolean outermost = store.enter();
        try {
            Values.put(store, instance.type().type(), instance.cell(), 0, value);
        } finally {
            store.leave(outermost);
        }
    }

    Store store() {
        return store;
    }

    GlobalInstance instance() {
        return instance;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Global g && g.instance.equals(instance);
    }

    @Override
    public int hashCode() {
        return instance.hashCode();
    }

    @Override
    public String toString() {
        return "Global[" + type() + "]";
    }
}
