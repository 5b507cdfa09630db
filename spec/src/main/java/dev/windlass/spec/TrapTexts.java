package dev.windlass.spec;

import dev.windlass.Trap;
import dev.windlass.runtime.TrapKind;
import org.jspecify.annotations.Nullable;

/// The kinds of traps that scripts name by their texts.
final class TrapTexts {
    private TrapTexts() {}

    /// Whether the trap is of the kind that a script's text names.
    static boolean matches(Trap trap, String text) {
        TrapKind wanted = kind(text);
        return wanted != null
                && trap.getCause() instanceof dev.windlass.runtime.Trap origin
                && general(origin.kind()) == general(wanted);
    }

    /// The kind whose text is the script's, but for details after it (`uninitialized element 2`).
    private static @Nullable TrapKind kind(String text) {
        for (TrapKind kind : TrapKind.values()) {
            if (text.equals(kind.text()) || text.startsWith(kind.text() + " ")) {
                return kind;
            }
        }
        return null;
    }

    /// Scripts call a null of any type by whichever of the texts the reference interpreter has.
    private static TrapKind general(TrapKind kind) {
        return switch (kind) {
            case NULL_FUNCTION_REFERENCE, NULL_EXCEPTION_REFERENCE -> TrapKind.NULL_REFERENCE;
            case NULL_REFERENCE,
                    UNREACHABLE,
                    MEMORY_OUT_OF_BOUNDS,
                    TABLE_OUT_OF_BOUNDS,
                    INTEGER_DIVIDE_BY_ZERO,
                    INTEGER_OVERFLOW,
                    INVALID_CONVERSION,
                    UNDEFINED_ELEMENT,
                    UNINITIALIZED_ELEMENT,
                    INDIRECT_CALL_TYPE_MISMATCH,
                    UNALIGNED_ATOMIC,
                    EXPECTED_SHARED_MEMORY,
                    CALL_STACK_EXHAUSTED,
                    OUT_OF_FUEL,
                    INTERRUPTED,
                    OUT_OF_MEMORY,
                    CAST_FAILURE ->
                    kind;
        };
    }
}
