package dev.windlass.runtime;

import dev.windlass.wasm.DefType;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.FuncType;
import org.jspecify.annotations.Nullable;

/// A function instance: of a module's instance, or of the host. Belongs to a store.
public final class FunctionInstance implements Extern {
    private final RuntimeStore store;
    private final DefType type;
    private final FuncType funcType;
    private final @Nullable ModuleInstance instance;
    private final int index;
    private final @Nullable HostFunction host;
    private final int number;
    private final long record;
    private @Nullable Object engineState;

    FunctionInstance(
            RuntimeStore store,
            DefType type,
            @Nullable ModuleInstance instance,
            int index,
            @Nullable HostFunction host,
            int number,
            long record) {
        this.store = store;
        this.type = type;
        this.funcType = type.funcType();
        this.instance = instance;
        this.index = index;
        this.host = host;
        this.number = number;
        this.record = record;
    }

    public RuntimeStore store() {
        return store;
    }

    public DefType type() {
        return type;
    }

    public FuncType funcType() {
        return funcType;
    }

    /// The instance that defines it, or null for a host function.
    public @Nullable ModuleInstance instance() {
        return instance;
    }

    /// The index in that instance's module; 0 for a host function.
    public int index() {
        return index;
    }

    /// The host's function, or null for a guest's.
    public @Nullable HostFunction host() {
        return host;
    }

    /// The number in the store.
    public int number() {
        return number;
    }

    /// The address of its record, which is the reference to it.
    public long record() {
        return record;
    }

    /// What the engine keeps for calls of it. Used by one thread at a time, as its store is.
    public @Nullable Object engineState() {
        return engineState;
    }

    public void engineState(Object state) {
        engineState = state;
    }

    @Override
    public ExternKind kind() {
        return ExternKind.FUNC;
    }
}
