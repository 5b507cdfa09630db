package dev.windlass.wasm;

import org.jspecify.annotations.Nullable;

/// What can be imported and exported; the ordinal is the byte of the binary format.
public enum ExternKind {
    FUNC,
    TABLE,
    MEMORY,
    GLOBAL,
    TAG;

    private static final ExternKind[] ALL = values();

    /// The kind of a byte of the binary format, or null.
    public static @Nullable ExternKind of(int code) {
        return code >= 0 && code < ALL.length ? ALL[code] : null;
    }

    /// The byte of the binary format.
    @SuppressWarnings("EnumOrdinal") // the order is that of the bytes
    public int code() {
        return ordinal();
    }

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
