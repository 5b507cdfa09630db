package dev.windlass.wasm;

import org.jspecify.annotations.Nullable;

/// The typing rule of an instruction, as far as a table can say it.
///
/// A signature is written `operands:results`, one letter a value: `i` i32, `l` i64, `f` f32, `d`
/// f64, `v` v128, `a` the address type of the memory that the instruction names.
///
/// @param signature the signature, or null for a rule that is code in the validator
/// @param width bytes that a memory access touches, 0 for an instruction without one; also the
///     largest alignment
/// @param isAtomic whether the access's alignment must be exactly its width
public record Typing(@Nullable String signature, int width, boolean isAtomic) {
    private static final Typing SPECIAL = new Typing(null, 0, false);

    static Typing fixed(String signature) {
        return new Typing(signature, 0, false);
    }

    static Typing load(char type, int width) {
        return new Typing("a:" + type, width, false);
    }

    static Typing store(char type, int width) {
        return new Typing("a" + type + ":", width, false);
    }

    static Typing access(String signature, int width) {
        return new Typing(signature, width, false);
    }

    static Typing atomic(String signature, int width) {
        return new Typing(signature, width, true);
    }

    static Typing special() {
        return SPECIAL;
    }

    /// Whether the table alone types the instruction.
    public boolean isFixed() {
        return signature != null;
    }
}
