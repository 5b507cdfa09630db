package dev.windlass.runtime;

/// Why a guest trapped. The texts are the specification's.
public enum TrapKind {
    UNREACHABLE("unreachable"),
    MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
    TABLE_OUT_OF_BOUNDS("out of bounds table access"),
    INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
    INTEGER_OVERFLOW("integer overflow"),
    INVALID_CONVERSION("invalid conversion to integer"),
    UNDEFINED_ELEMENT("undefined element"),
    UNINITIALIZED_ELEMENT("uninitialized element"),
    INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
    NULL_REFERENCE("null reference"),
    NULL_FUNCTION_REFERENCE("null function reference"),
    NULL_EXCEPTION_REFERENCE("null exception reference"),
    UNALIGNED_ATOMIC("unaligned atomic"),
    EXPECTED_SHARED_MEMORY("expected shared memory"),
    CALL_STACK_EXHAUSTED("call stack exhausted"),
    OUT_OF_FUEL("all fuel consumed"),
    INTERRUPTED("interrupted"),
    OUT_OF_MEMORY("out of memory"),
    CAST_FAILURE("cast failure");

    private static final TrapKind[] KINDS = values();

    private final String text;

    TrapKind(String text) {
        this.text = text;
    }

    /// The message.
    public String text() {
        return text;
    }

    /// The number by which code names it; the order above is append-only.
    @SuppressWarnings("EnumOrdinal") // pinned by a test
    public int code() {
        return ordinal();
    }

    public static TrapKind of(int code) {
        return KINDS[code];
    }
}
