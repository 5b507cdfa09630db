package dev.windlass.wasm.validation;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Immediates;
import dev.windlass.wasm.Opcode;

/// The most frequent instructions by their first byte, for the validator's short way: it decodes
/// and types them without the cursor. Nothing here says what is valid: entries are [FixedRules]
/// with the kind of immediates beside them, and whatever is not in the usual form takes the long way.
///
/// An entry is a fixed rule in the lowest 18 bits, the exponent of the natural alignment from
/// [#WIDTH_SHIFT], the kind from [#KIND_SHIFT].
final class HotRules {
    static final int KIND_SHIFT = 27;
    static final int WIDTH_SHIFT = 24;
    static final int WIDTH_MASK = 7;

    static final int LONG_WAY = 0;
    static final int NO_IMMEDIATE = 1;
    static final int LEB_IMMEDIATE = 2;
    static final int FOUR_BYTES = 3;
    static final int EIGHT_BYTES = 4;
    static final int MEMORY_ACCESS = 5;
    static final int LOCAL_GET = 6;
    static final int LOCAL_SET = 7;
    static final int LOCAL_TEE = 8;
    static final int BLOCK = 9;
    static final int END = 10;
    static final int BRANCH = 11;
    static final int BRANCH_IF = 12;
    static final int CALL = 13;
    static final int GLOBAL_GET = 14;
    static final int GLOBAL_SET = 15;
    static final int DROP = 16;
    static final int SELECT = 17;
    static final int IF = 18;
    static final int ELSE = 19;
    static final int RETURN = 20;

    /// The most bytes that an instruction of these kinds has.
    static final int MAX_LENGTH = 9;

    private HotRules() {}

    /// The table for a set of features.
    static int[] table(Features features) {
        int[] table = new int[256];
        for (int code = 0; code < table.length; code++) {
            Opcode op = Opcode.of(0, code);
            if (op != null && features.has(op.feature())) {
                table[code] = entry(op);
            }
        }
        return table;
    }

    private static int entry(Opcode op) {
        int kind = kind(op);
        if (kind == LONG_WAY || kind >= LOCAL_GET) {
            return kind << KIND_SHIFT;
        }
        int width = Integer.numberOfTrailingZeros(op.typing().width()) & WIDTH_MASK;
        int rule = FixedRules.of(op) & ((1 << FixedRules.CHECK_SHIFT) - 1);
        return (kind << KIND_SHIFT) | (width << WIDTH_SHIFT) | rule;
    }

    private static int kind(Opcode op) {
        return switch (op) {
            case LOCAL_GET -> LOCAL_GET;
            case LOCAL_SET -> LOCAL_SET;
            case LOCAL_TEE -> LOCAL_TEE;
            case BLOCK, LOOP -> BLOCK;
            case END -> END;
            case BR -> BRANCH;
            case BR_IF -> BRANCH_IF;
            case CALL -> CALL;
            case GLOBAL_GET -> GLOBAL_GET;
            case GLOBAL_SET -> GLOBAL_SET;
            case DROP -> DROP;
            case SELECT -> SELECT;
            case IF -> IF;
            case ELSE -> ELSE;
            case RETURN -> RETURN;
            default -> op.typing().isFixed() ? kind(op.immediates()) : LONG_WAY;
        };
    }

    private static int kind(Immediates immediates) {
        return switch (immediates) {
            case NONE -> NO_IMMEDIATE;
            case I32, I64 -> LEB_IMMEDIATE;
            case F32 -> FOUR_BYTES;
            case F64 -> EIGHT_BYTES;
            case MEMARG -> MEMORY_ACCESS;
            default -> LONG_WAY;
        };
    }
}
