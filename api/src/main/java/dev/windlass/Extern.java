package dev.windlass;

/// Something of a store that can be imported and exported.
public sealed interface Extern permits Func, Memory, Table, Global, Tag {
    /// Its type.
    ExternType type();
}
