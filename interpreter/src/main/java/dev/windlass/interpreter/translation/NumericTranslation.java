package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.Numerical;
import dev.windlass.interpreter.machine.F32Const;
import dev.windlass.interpreter.machine.F64Const;
import dev.windlass.interpreter.machine.I32Const;
import dev.windlass.interpreter.machine.I64Const;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.util.Objects;

/// Numeric instructions.
final class NumericTranslation {
    private final FunctionTranslator t;
    private final WideTranslation wide;

    NumericTranslation(FunctionTranslator t) {
        this.t = t;
        this.wide = new WideTranslation(t);
    }

    void translate(Opcode op) {
        switch (op) {
            case I32_CONST -> t.push(ValType.I32, new I32Const((int) t.cursor.bitsLow));
            case I64_CONST -> t.push(ValType.I64, new I64Const(t.cursor.bitsLow));
            case F32_CONST -> t.push(ValType.F32, new F32Const((int) t.cursor.bitsLow));
            case F64_CONST -> t.push(ValType.F64, new F64Const(t.cursor.bitsLow));
            case I32_EQZ -> isZero(Opcode.I32_EQ, new I32Const(0));
            case I64_EQZ -> isZero(Opcode.I64_EQ, new I64Const(0));
            case I64_ADD128, I64_SUB128, I64_MUL_WIDE_S, I64_MUL_WIDE_U -> wide.translate(op);
            default -> operator(op);
        }
    }

    private void isZero(Opcode equal, Node zero) {
        t.push(ValType.I32, Numerical.of(equal, t.pop(), zero, t.at()));
    }

    private void operator(Opcode op) {
        String signature = Objects.requireNonNull(op.typing().signature());
        int colon = signature.indexOf(':');
        Node node;
        if (colon == 1) {
            node = Numerical.of(op, t.pop(), t.at());
        } else {
            Node b = t.pop();
            node = Numerical.of(op, t.pop(), b, t.at());
        }
        int type = type(signature.charAt(colon + 1));
        if (traps(op)) {
            t.pushImpure(type, node);
        } else {
            t.push(type, node);
        }
    }

    private static int type(char letter) {
        return switch (letter) {
            case 'i' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            default -> ValType.F64;
        };
    }

    private static boolean traps(Opcode op) {
        return switch (op) {
            case I32_DIV_S,
                    I32_DIV_U,
                    I32_REM_S,
                    I32_REM_U,
                    I64_DIV_S,
                    I64_DIV_U,
                    I64_REM_S,
                    I64_REM_U,
                    I32_TRUNC_F32_S,
                    I32_TRUNC_F32_U,
                    I32_TRUNC_F64_S,
                    I32_TRUNC_F64_U,
                    I64_TRUNC_F32_S,
                    I64_TRUNC_F32_U,
                    I64_TRUNC_F64_S,
                    I64_TRUNC_F64_U ->
                    true;
            default -> false;
        };
    }
}
