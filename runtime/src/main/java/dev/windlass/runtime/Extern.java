package dev.windlass.runtime;

import dev.windlass.wasm.ExternKind;

/// What can be imported and exported.
public sealed interface Extern
        permits FunctionInstance, TableInstance, MemoryInstance, GlobalInstance, TagInstance {
    /// What it is. Code on the way to a program's first instruction switches over this rather than
    /// over classes, whose bootstrap is slow at start-up.
    ExternKind kind();
}
