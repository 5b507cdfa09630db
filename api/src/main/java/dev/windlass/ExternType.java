package dev.windlass;

/// The type of something that can be imported or exported.
public sealed interface ExternType
        permits FunctionType, TableType, MemoryType, GlobalType, TagType {}
