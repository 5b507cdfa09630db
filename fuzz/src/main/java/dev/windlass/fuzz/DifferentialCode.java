package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// The code of one function while it is written, and marks in it: a mark sets a bit in a global, and so shows that the
/// instructions before it, back to the mark before, were executed.
///
/// Types are the letters of [dev.windlass.wasm.Typing], and `r` funcref, `e` externref, `x` exnref.
final class DifferentialCode {
    private static final int CHECKSUM_TURN = 7;

    private final ByteWriter out = new ByteWriter();
    private final DifferentialModule module;
    private final int function;
    private final List<Opcode> pending = new ArrayList<>();
    private int instructions;

    DifferentialCode(DifferentialModule module, int function) {
        this.module = module;
        this.function = function;
    }

    static int valType(char letter) {
        return switch (letter) {
            case 'i' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            case 'd' -> ValType.F64;
            case 'v' -> ValType.V128;
            case 'r' -> ValType.FUNCREF;
            case 'e' -> ValType.EXTERNREF;
            case 'x' -> ValType.EXNREF;
            default -> throw new AssertionError(letter);
        };
    }

    ByteWriter bytes() {
        return out;
    }

    int instructions() {
        return instructions;
    }

    /// An instruction that goes on with the next; its immediates follow.
    ByteWriter op(Opcode op) {
        instructions++;
        pending.add(op);
        return out.opcode(op);
    }

    /// Several without immediates.
    void ops(Opcode... all) {
        for (Opcode op : all) {
            op(op);
        }
    }

    /// An instruction at which ways part or meet.
    ByteWriter controlOp(Opcode op) {
        pending.add(op);
        mark();
        instructions++;
        return out.opcode(op);
    }

    private void mark() {
        int bit = module.newMark(function, pending);
        pending.clear();
        if (bit >= 0) {
            int global = module.markGlobal(bit);
            out.opcode(Opcode.GLOBAL_GET).u32(global);
            out.opcode(Opcode.I64_CONST).signed(1L << bit);
            out.opcode(Opcode.I64_OR).opcode(Opcode.GLOBAL_SET).u32(global);
        }
    }

    // Constants and variables.

    void i32(int value) {
        op(Opcode.I32_CONST).signed(value);
    }

    void i64(long value) {
        op(Opcode.I64_CONST).signed(value);
    }

    /// A constant of a number type.
    void constant(char type, long low, long high) {
        switch (type) {
            case 'i' -> i32((int) low);
            case 'l' -> i64(low);
            case 'f' -> op(Opcode.F32_CONST).fixed32((int) low);
            case 'd' -> op(Opcode.F64_CONST).fixed64(low);
            default -> op(Opcode.V128_CONST).fixed64(low).fixed64(high);
        }
    }

    /// Zero or null.
    void zero(char type) {
        switch (type) {
            case 'r' -> op(Opcode.REF_NULL).heapType(ValType.HEAP_FUNC);
            case 'e' -> op(Opcode.REF_NULL).heapType(ValType.HEAP_EXTERN);
            case 'x' -> op(Opcode.REF_NULL).heapType(ValType.HEAP_EXN);
            default -> constant(type, 0, 0);
        }
    }

    void zeros(String types) {
        types.chars().forEach(type -> zero((char) type));
    }

    void drop(String types) {
        types.chars().forEach(type -> op(Opcode.DROP));
    }

    void get(int local) {
        op(Opcode.LOCAL_GET).u32(local);
    }

    void set(int local) {
        op(Opcode.LOCAL_SET).u32(local);
    }

    void getGlobal(int global) {
        op(Opcode.GLOBAL_GET).u32(global);
    }

    void setGlobal(int global) {
        op(Opcode.GLOBAL_SET).u32(global);
    }

    /// Mixes the top value into the checksum, so that what was computed shows in the end whatever comes after.
    void fold(char type) {
        switch (type) {
            case 'i' -> op(Opcode.I64_EXTEND_I32_U);
            case 'f' -> ops(Opcode.I32_REINTERPRET_F32, Opcode.I64_EXTEND_I32_U);
            case 'd' -> op(Opcode.I64_REINTERPRET_F64);
            case 'v' -> foldLanes();
            case 'r', 'e', 'x' -> ops(Opcode.REF_IS_NULL, Opcode.I64_EXTEND_I32_U);
            default -> {
                // An i64 already.
            }
        }
        getGlobal(DifferentialModule.CHECKSUM);
        i64(CHECKSUM_TURN);
        ops(Opcode.I64_ROTL, Opcode.I64_ADD);
        setGlobal(DifferentialModule.CHECKSUM);
    }

    private void foldLanes() {
        int vector = module.localOf(function, 'v');
        op(Opcode.LOCAL_TEE).u32(vector);
        op(Opcode.I64X2_EXTRACT_LANE).u8(0);
        get(vector);
        op(Opcode.I64X2_EXTRACT_LANE).u8(1);
        i64(CHECKSUM_TURN + 4);
        ops(Opcode.I64_ROTL, Opcode.I64_XOR);
    }

    /// Mixes in a number that is known here, which shows the way that was taken.
    void foldPlace(int number) {
        i64(number);
        fold('l');
    }

    // Blocks.

    /// The start of a block.
    void begin(Opcode kind, String params, String results) {
        blockType(controlOp(kind), params, results);
    }

    void blockType(ByteWriter at, String params, String results) {
        if (params.isEmpty() && results.isEmpty()) {
            at.u8(0x40);
        } else if (params.isEmpty() && results.length() == 1) {
            at.valType(valType(results.charAt(0)));
        } else {
            at.signed(module.type(params, results));
        }
    }

    void end() {
        controlOp(Opcode.END);
    }
}
