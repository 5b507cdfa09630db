package dev.windlass.wasm;

/// What can be imported and exported; the ordinal is the byte of the binary format.
public enum ExternKind {
    FUNC,
    TABLE,
    MEMORY,
    GLOBAL,
    TAG;

    /// The keyword of the text format.
    public String text() {
        return switch (this) {
            case FUNC -> "func";
            case TABLE -> "table";
            case MEMORY -> "memory";
            case GLOBAL -> "global";
            case TAG -> "tag";
        };
    }
}
