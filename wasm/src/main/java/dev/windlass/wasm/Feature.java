package dev.windlass.wasm;

import java.util.Locale;

/// The parts of the language that can be switched off. [#CORE] is version 1.0 and always on.
public enum Feature {
    CORE,
    MUTABLE_GLOBALS,
    SIGN_EXTENSION,
    SATURATING_FLOAT_TO_INT,
    MULTI_VALUE,
    BULK_MEMORY,
    REFERENCE_TYPES,
    SIMD,
    RELAXED_SIMD,
    TAIL_CALL,
    EXTENDED_CONST,
    EXCEPTIONS,
    LEGACY_EXCEPTIONS,
    MULTI_MEMORY,
    /// Memories and tables with 64-bit addresses.
    MEMORY64,
    FUNCTION_REFERENCES,
    GC,
    THREADS,
    CUSTOM_PAGE_SIZES,
    WIDE_ARITHMETIC,
    BRANCH_HINTS;

    /// The name on a command line: `relaxed-simd`.
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
