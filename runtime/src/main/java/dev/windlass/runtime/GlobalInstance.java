package dev.windlass.runtime;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.GlobalType;

/// A global instance: sixteen bytes off the heap.
public final class GlobalInstance implements Extern {
    private final RuntimeStore store;
    private final GlobalType type;
    private final long cell;

    /// @param type closed
    GlobalInstance(RuntimeStore store, GlobalType type, long cell) {
        this.store = store;
        this.type = type;
        this.cell = cell;
    }

    public RuntimeStore store() {
        return store;
    }

    /// The type, closed.
    public GlobalType type() {
        return type;
    }

    /// The address of the value's slots (one, or two for v128).
    public long cell() {
        return cell;
    }

    @Override
    public ExternKind kind() {
        return ExternKind.GLOBAL;
    }
}
