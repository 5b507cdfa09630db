package dev.windlass;

import dev.windlass.runtime.GuestFrame;
import dev.windlass.runtime.TrapKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A guest's fault. The guest's state stays as it was at that moment; the store can be used on.
public final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient dev.windlass.runtime.Trap origin;

    Trap(dev.windlass.runtime.Trap origin) {
        this(origin, true);
    }

    Trap(dev.windlass.runtime.Trap origin, boolean hasJavaStackTrace) {
        super(origin.getMessage(), origin, true, hasJavaStackTrace);
        this.origin = origin;
    }

    /// Why a guest trapped. Messages begin with the specification's words.
    public enum Kind {
        UNREACHABLE,
        MEMORY_OUT_OF_BOUNDS,
        TABLE_OUT_OF_BOUNDS,
        INTEGER_DIVIDE_BY_ZERO,
        INTEGER_OVERFLOW,
        INVALID_CONVERSION,
        UNDEFINED_ELEMENT,
        UNINITIALIZED_ELEMENT,
        INDIRECT_CALL_TYPE_MISMATCH,
        NULL_REFERENCE,
        UNALIGNED_ATOMIC,
        EXPECTED_SHARED_MEMORY,
        CALL_STACK_EXHAUSTED,
        OUT_OF_FUEL,
        INTERRUPTED,
        OUT_OF_MEMORY,
        CAST_FAILURE;

        private static Kind of(TrapKind kind) {
            return switch (kind) {
                case UNREACHABLE -> UNREACHABLE;
                case MEMORY_OUT_OF_BOUNDS -> MEMORY_OUT_OF_BOUNDS;
                case TABLE_OUT_OF_BOUNDS -> TABLE_OUT_OF_BOUNDS;
                case INTEGER_DIVIDE_BY_ZERO -> INTEGER_DIVIDE_BY_ZERO;
                case INTEGER_OVERFLOW -> INTEGER_OVERFLOW;
                case INVALID_CONVERSION -> INVALID_CONVERSION;
                case UNDEFINED_ELEMENT -> UNDEFINED_ELEMENT;
                case UNINITIALIZED_ELEMENT -> UNINITIALIZED_ELEMENT;
                case INDIRECT_CALL_TYPE_MISMATCH -> INDIRECT_CALL_TYPE_MISMATCH;
                case NULL_REFERENCE, NULL_FUNCTION_REFERENCE, NULL_EXCEPTION_REFERENCE ->
                        NULL_REFERENCE;
                case UNALIGNED_ATOMIC -> UNALIGNED_ATOMIC;
                case EXPECTED_SHARED_MEMORY -> EXPECTED_SHARED_MEMORY;
                case CALL_STACK_EXHAUSTED -> CALL_STACK_EXHAUSTED;
                case OUT_OF_FUEL -> OUT_OF_FUEL;
                case INTERRUPTED -> INTERRUPTED;
                case OUT_OF_MEMORY -> OUT_OF_MEMORY;
                case CAST_FAILURE -> CAST_FAILURE;
            };
        }
    }

    /// One frame of the guest.
    ///
    /// @param module the module's name, if it has one
    /// @param function the function's index
    /// @param name the function's name, if it has one
    /// @param offset the byte offset of the instruction in the module, where known
    public record Frame(
            Optional<String> module, int function, Optional<String> name, OptionalInt offset) {
        private static Frame of(GuestFrame frame) {
            return new Frame(
                    Optional.ofNullable(frame.module()),
                    frame.function(),
                    Optional.ofNullable(frame.name()),
                    frame.offset() < 0 ? OptionalInt.empty() : OptionalInt.of(frame.offset()));
        }

        /// As in a printed backtrace: `app!main (function 7) at 0x1f3`.
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            module.ifPresent(m -> text.append(m).append('!'));
            text.append(name.orElse("<unnamed>"))
                    .append(" (function ")
                    .append(function)
                    .append(')');
            offset.ifPresent(o -> text.append(" at 0x").append(Integer.toHexString(o)));
            return text.toString();
        }
    }

    public Kind kind() {
        return Kind.of(origin.kind());
    }

    /// The guest's frames, innermost first.
    public List<Frame> frames() {
        return origin.frames().stream().map(Frame::of).toList();
    }

    dev.windlass.runtime.Trap origin() {
        return origin;
    }
}
