package dev.windlass.wasm;

import dev.windlass.wasm.binary.ByteWriter;

/// Encodes instructions with plain immediates, for tests that walk over the table.
public final class Instructions {
    private Instructions() {}

    /// The code and immediates that are all zero where zero is allowed.
    public static ByteWriter write(ByteWriter out, Opcode op) {
        out.opcode(op);
        switch (op.immediates()) {
            case NONE -> {}
            case BLOCK_TYPE -> out.u8(0x40);
            case BLOCK_TYPE_CATCHES -> out.u8(0x40).u32(1).u8(2).u32(0);
            case LABEL_IDX,
                    FUNC_IDX,
                    TYPE_IDX,
                    LOCAL_IDX,
                    GLOBAL_IDX,
                    TAG_IDX,
                    TABLE_IDX,
                    ELEM_IDX,
                    DATA_IDX,
                    MEMORY_IDX,
                    LANE,
                    FENCE ->
                    out.u8(0);
            case LABELS -> out.u32(1).u32(0).u32(0);
            case TYPE_TABLE,
                    TABLE_TABLE,
                    ELEM_TABLE,
                    DATA_MEMORY,
                    MEMORY_MEMORY,
                    TYPE_FIELD,
                    TYPE_COUNT,
                    TYPE_DATA,
                    TYPE_ELEM,
                    TYPE_TYPE ->
                    out.u32(0).u32(0);
            case MEMARG -> memArg(out, op);
            case MEMARG_LANE -> memArg(out, op).u8(0);
            case I32, I64 -> out.signed(0);
            case F32 -> out.fixed32(0);
            case F64 -> out.fixed64(0);
            case V128, SHUFFLE -> out.fixed64(0).fixed64(0);
            case HEAP_TYPE -> out.heapType(ValType.HEAP_FUNC);
            case TYPES -> out.u32(1).valType(ValType.I32);
            case CAST_BRANCH ->
                    out.u8(0).u32(0).heapType(ValType.HEAP_ANY).heapType(ValType.HEAP_ANY);
        }
        return out;
    }

    private static ByteWriter memArg(ByteWriter out, Opcode op) {
        return out.u32(Integer.numberOfTrailingZeros(op.typing().width())).u32(0);
    }

    /// An instruction that pushes a value of the type.
    public static ByteWriter constant(ByteWriter out, int type) {
        return switch (type) {
            case ValType.I32 -> out.opcode(Opcode.I32_CONST).signed(1);
            case ValType.I64 -> out.opcode(Opcode.I64_CONST).signed(1);
            case ValType.F32 -> out.opcode(Opcode.F32_CONST).fixed32(1);
            case ValType.F64 -> out.opcode(Opcode.F64_CONST).fixed64(1);
            case ValType.V128 -> out.opcode(Opcode.V128_CONST).fixed64(1).fixed64(1);
            case ValType.EXTERNREF -> out.opcode(Opcode.REF_NULL).heapType(ValType.HEAP_EXTERN);
            default -> throw new AssertionError(ValType.text(type));
        };
    }

    /// The type of a signature's letter, `a` being i32.
    public static int type(char letter) {
        return switch (letter) {
            case 'i', 'a' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            case 'd' -> ValType.F64;
            case 'v' -> ValType.V128;
            default -> throw new AssertionError(letter);
        };
    }
}
