package dev.windlass.wasm;

/// A global's type.
///
/// @param type [ValType] bits
/// @param mutable whether it can be set
public record GlobalType(int type, boolean mutable) {}
