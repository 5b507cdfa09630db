package dev.windlass.wasm;

/// When a segment is used: at instantiation, by instructions, or never but for `ref.func`.
public enum SegmentMode {
    ACTIVE,
    PASSIVE,
    DECLARATIVE
}
