package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.internal.Errors;

/// The rules of locals and globals.
final class VariableRules {
    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;
    private final Locals locals;

    VariableRules(ModuleContext context, Cursor cursor, TypeStack operands, Locals locals) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
        this.locals = locals;
    }

    void validate(Opcode op) {
        switch (op) {
            case LOCAL_GET -> localGet(cursor.index);
            case LOCAL_SET -> localSet(cursor.index);
            case LOCAL_TEE -> operands.push(localSet(cursor.index));
            case GLOBAL_GET -> operands.push(context.global(cursor.index, cursor.offset0).type());
            case GLOBAL_SET -> globalSet(cursor.index);
            default -> throw new AssertionError(op);
        }
    }

    private void localGet(int index) {
        int type = locals.type(index, cursor.offset0);
        locals.checkSet(index, type, cursor.offset0);
        operands.push(type);
    }

    private int localSet(int index) {
        int type = locals.type(index, cursor.offset0);
        operands.pop(type);
        locals.set(index);
        return type;
    }

    void globalSet(int index) {
        GlobalType global = context.global(index, cursor.offset0);
        if (!global.mutable()) {
            throw Errors.immutableGlobal(index, cursor.offset0);
        }
        operands.pop(global.type());
    }
}
