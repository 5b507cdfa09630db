package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;

/// The rules of `drop` and `select`.
final class ParametricRules {
    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;

    ParametricRules(ModuleContext context, Cursor cursor, TypeStack operands) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
    }

    void validate(Opcode op) {
        switch (op) {
            case DROP -> operands.popAny();
            case SELECT -> select();
            case SELECT_TYPED -> selectTyped();
            default -> throw new AssertionError(op);
        }
    }

    void select() {
        operands.pop(ValType.I32);
        int second = operands.popAny();
        int first = operands.popAny();
        if (ValType.isRef(first) || ValType.isRef(second)) {
            throw Errors.typeMismatch(
                    "a number or vector",
                    ValType.text(ValType.isRef(first) ? first : second),
                    cursor.offset0);
        }
        if (first != second && first != ValType.BOTTOM && second != ValType.BOTTOM) {
            throw Errors.typeMismatch(
                    "[" + ValType.text(first) + "]",
                    "[" + ValType.text(second) + "]",
                    cursor.offset0);
        }
        operands.push(first == ValType.BOTTOM ? second : first);
    }

    private void selectTyped() {
        if (cursor.typeCount != 1) {
            throw Errors.resultArity(cursor.typeCount, cursor.offset0);
        }
        int type = cursor.types[0];
        context.checkValType(type, cursor.offset0);
        operands.pop(ValType.I32);
        operands.pop(type);
        operands.pop(type);
        operands.push(type);
    }
}
