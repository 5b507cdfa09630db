package dev.windlass.wasm;

/// The groups that consumers' switches go by: one class per family in interpreter and compiler.
public enum Family {
    CONTROL,
    EXCEPTION,
    PARAMETRIC,
    VARIABLE,
    TABLE,
    MEMORY,
    NUMERIC,
    REFERENCE,
    AGGREGATE,
    VECTOR,
    ATOMIC
}
