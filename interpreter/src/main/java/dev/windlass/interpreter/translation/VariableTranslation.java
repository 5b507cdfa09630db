package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Local;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Parametric and variable instructions.
final class VariableTranslation {
    private final FunctionTranslator t;

    VariableTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case DROP -> drop();
            case SELECT, SELECT_TYPED -> select();
            case LOCAL_GET -> localGet(t.cursor.index);
            case LOCAL_SET -> localSet(t.cursor.index);
            case LOCAL_TEE -> localTee(t.cursor.index);
            case GLOBAL_GET -> globalGet(t.cursor.index);
            case GLOBAL_SET -> globalSet(t.cursor.index);
            default -> throw new AssertionError(op);
        }
    }

    /// What may trap is computed all the same.
    private void drop() {
        int type = t.stack.type(t.stack.height() - 1);
        if (type == ValType.V128) {
            t.popVector();
        } else {
            Node value = t.pop();
            if (t.stack.isPoppedImpure()) {
                t.effect(type, value);
                t.pop();
            }
        }
        t.stack.clearPopped();
    }

    private void select() {
        int type = t.stack.type(t.stack.height() - 2);
        Node condition = t.pop();
        if (type == ValType.V128) {
            int no = t.popVector();
            int yes = t.popVector();
            int to = t.pushVector();
            t.addVector(new SelectVector(condition, yes, no, to));
            return;
        }
        Node no = t.pop();
        Node yes = t.pop();
        boolean lazy = !t.stack.isPoppedImpure();
        t.push(type, Select.of(type, yes, no, condition, lazy));
    }

    private void localGet(int local) {
        t.locals.read(local);
        t.stack.pushLocal(t.locals.type(local), t.locals.slot(local));
    }

    private void localSet(int local) {
        t.locals.written(local);
        int slot = t.locals.slot(local);
        if (t.locals.type(local) == ValType.V128) {
            int from = t.popVector();
            t.stack.clearPopped();
            t.stack.spillReaders(slot);
            t.blocks.add(new CopyVector(from, slot));
            return;
        }
        Node value = t.pop();
        assign(slot, value);
    }

    private void assign(int slot, Node value) {
        if (t.stack.isPoppedImpure()) {
            t.stack.spillImpure();
        }
        t.stack.clearPopped();
        if (value instanceof Local same && same.slot == slot) {
            return;
        }
        t.stack.spillReaders(slot);
        value.dst = slot;
        t.blocks.add(value);
    }

    private void localTee(int local) {
        localSet(local);
        t.stack.pushLocal(t.locals.type(local), t.locals.slot(local));
    }

    private void globalGet(int global) {
        int type = t.module.globals().get(global).type();
        int offset = t.code.layout.global(global);
        boolean indirect = t.code.layout.isGlobalIndirect(global);
        if (type == ValType.V128) {
            int to = t.pushVector();
            t.addVector(new GlobalVector.Get(offset, indirect, to));
        } else {
            t.pushImpure(type, indirect ? new GlobalGet.Imported(offset) : new GlobalGet(offset));
        }
    }

    private void globalSet(int global) {
        int type = t.module.globals().get(global).type();
        int offset = t.code.layout.global(global);
        boolean indirect = t.code.layout.isGlobalIndirect(global);
        if (type == ValType.V128) {
            t.effect(new GlobalVector.Set(offset, indirect, t.popVector()));
        } else {
            t.effect(GlobalSet.of(type, offset, indirect, t.pop()));
        }
    }
}
