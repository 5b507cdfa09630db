package dev.windlass.runtime;

/// What can be imported and exported.
public sealed interface Extern
        permits FunctionInstance, TableInstance, MemoryInstance, GlobalInstance, TagInstance {}
