package dev.windlass.runtime;

import dev.windlass.wasm.DefType;
import dev.windlass.wasm.ExternKind;

/// A tag instance; its identity is the object's.
public final class TagInstance implements Extern {
    private final DefType type;

    public TagInstance(DefType type) {
        this.type = type;
    }

    public DefType type() {
        return type;
    }

    @Override
    public ExternKind kind() {
        return ExternKind.TAG;
    }
}
