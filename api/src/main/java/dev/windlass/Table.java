package dev.windlass;

import dev.windlass.runtime.TableInstance;
import org.jspecify.annotations.Nullable;

/// A table of references. Elements in Java: see [Func].
public final class Table implements Extern {
    private final Store store;
    private final TableInstance instance;

    Table(Store store, TableInstance instance) {
        this.store = store;
        this.instance = instance;
    }

    @Override
    public TableType type() {
        return TableType.of(ValueType.ofClosed(element()), instance.type());
    }

    private int element() {
        return instance.type().element();
    }

    /// The number of elements now.
    public long size() {
        boolean outermost = store.enter();
        try {
            return instance.length();
        } finally {
            store.leave(outermost);
        }
    }

    /// @throws Trap if the index is out of bounds
    public @Nullable Object get(long index) {
        boolean outermost = store.enter();
        try {
            return Values.fromReference(store, element(), instance.get(index));
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } finally {
            store.leave(outermost);
        }
    }

    /// @throws Trap if the index is out of bounds
    public void set(long index, @Nullable Object value) {
        boolean outermost = store.enter();
        try {
            instance.set(index, Values.toReference(store, element(), value));
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } finally {
            store.leave(outermost);
        }
    }

    /// Grows by some elements, each of them `value`.
    ///
    /// @return the old number of elements, or -1 if it cannot grow so much
    public long grow(long count, @Nullable Object value) {
        boolean outermost = store.enter();
        try {
            return instance.grow(count, Values.toReference(store, element(), value));
        } finally {
            store.leave(outermost);
        }
    }

    Store store() {
        return store;
    }

    TableInstance instance() {
        return instance;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Table t && t.instance.equals(instance);
    }

    @Override
    public int hashCode() {
        return instance.hashCode();
    }

    @Override
    public String toString() {
        return "Table[" + type() + "]";
    }
}
