package dev.windlass.wasm.validation;

import dev.windlass.wasm.Immediates;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// The rows of the instruction table that a signature types, packed for the validator's loop: one
/// int a row.
///
/// From the lowest bit: four operands of three bits each, the first to be popped lowest; two results
/// of three bits each, the first to be pushed lowest; the [Check]. A letter is an index into
/// [#LETTERS], 0 where there is no more. The highest bit marks a row without a signature.
@SuppressWarnings("EnumOrdinal") // An array by row: it is asked once per instruction.
final class FixedRules {
    /// What is to be checked besides the operands.
    static final int CHECK_NONE = 0;

    static final int CHECK_MEMORY_ACCESS = 1;
    static final int CHECK_MEMORY = 2;
    static final int CHECK_LANE = 3;
    static final int CHECK_ACCESS_AND_LANE = 4;
    static final int CHECK_SHUFFLE = 5;
    static final int CHECK_ELEM = 6;
    static final int CHECK_DATA = 7;
    static final int CHECK_DATA_AND_MEMORY = 8;

    static final int SPECIAL = 1 << 31;

    static final int OPERANDS = 4;
    static final int RESULT_SHIFT = 12;
    static final int CHECK_SHIFT = 18;
    static final int ADDRESS = 6;

    /// Letters to types; that of [#ADDRESS] depends on the memory.
    private static final String LETTERS = " ilfdva";

    private static final int[] TYPES = {
        ValType.BOTTOM, ValType.I32, ValType.I64, ValType.F32, ValType.F64, ValType.V128, 0, 0
    };

    private static final int[] ROWS = rows();

    private FixedRules() {}

    /// A fresh table of the types of letters, the entry of [#ADDRESS] to be filled in.
    static int[] types() {
        return TYPES.clone();
    }

    /// The packed rule of a row, or [#SPECIAL].
    static int of(Opcode op) {
        return ROWS[op.ordinal()];
    }

    /// All rules by the ordinal of their row. Not to be written to.
    static int[] byOrdinal() {
        return ROWS;
    }

    private static int[] rows() {
        Opcode[] ops = Opcode.values();
        int[] rows = new int[ops.length];
        for (Opcode op : ops) {
            String signature = op.typing().signature();
            rows[op.ordinal()] =
                    signature == null
                            ? SPECIAL
                            : pack(signature) | (check(op.immediates()) << CHECK_SHIFT);
        }
        return rows;
    }

    private static int pack(String signature) {
        int colon = signature.indexOf(':');
        int packed = 0;
        for (int i = 0; i < colon; i++) {
            packed |= LETTERS.indexOf(signature.charAt(colon - 1 - i)) << (3 * i);
        }
        for (int i = colon + 1; i < signature.length(); i++) {
            int at = RESULT_SHIFT + 3 * (i - colon - 1);
            packed |= LETTERS.indexOf(signature.charAt(i)) << at;
        }
        return packed;
    }

    private static int check(Immediates immediates) {
        return switch (immediates) {
            case MEMARG -> CHECK_MEMORY_ACCESS;
            case MEMARG_LANE -> CHECK_ACCESS_AND_LANE;
            case MEMORY_IDX -> CHECK_MEMORY;
            case DATA_MEMORY -> CHECK_DATA_AND_MEMORY;
            case LANE -> CHECK_LANE;
            case SHUFFLE -> CHECK_SHUFFLE;
            case ELEM_IDX -> CHECK_ELEM;
            case DATA_IDX -> CHECK_DATA;
            case NONE, I32, I64, F32, F64, V128, FENCE -> CHECK_NONE;
            case BLOCK_TYPE,
                    BLOCK_TYPE_CATCHES,
                    LABEL_IDX,
                    LABELS,
                    FUNC_IDX,
                    TYPE_TABLE,
                    TYPE_IDX,
                    LOCAL_IDX,
                    GLOBAL_IDX,
                    TAG_IDX,
                    TABLE_IDX,
                    TABLE_TABLE,
                    ELEM_TABLE,
                    MEMORY_MEMORY,
                    HEAP_TYPE,
                    TYPES,
                    TYPE_FIELD,
                    TYPE_COUNT,
                    TYPE_DATA,
                    TYPE_ELEM,
                    TYPE_TYPE,
                    CAST_BRANCH ->
                    throw new AssertionError(immediates);
        };
    }

    /// The number of lanes that a vector instruction's lane index counts.
    static int lanes(Opcode op) {
        if (op.typing().width() != 0) {
            return 16 / op.typing().width();
        }
        String shape = op.text();
        int x = shape.indexOf('x');
        return Integer.parseInt(shape.substring(x + 1, shape.indexOf('.')));
    }
}
