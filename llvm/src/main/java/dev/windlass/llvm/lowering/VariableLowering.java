package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Parametric and variable instructions.
final class VariableLowering {
    private final FunctionLowering f;
    private final Ir ir;

    VariableLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        switch (op) {
            case DROP -> f.stack.drop();
            case SELECT, SELECT_TYPED -> select();
            case LOCAL_GET -> f.push(f.localType(f.cursor.index), f.locals.get(f.cursor.index));
            case LOCAL_SET -> f.locals.set(f.cursor.index, f.pop());
            case LOCAL_TEE -> f.locals.set(f.cursor.index, f.stack.value(0));
            case GLOBAL_GET -> globalGet(f.cursor.index);
            case GLOBAL_SET -> globalSet(f.cursor.index);
            default -> throw new AssertionError(op);
        }
    }

    private void select() {
        long condition = f.stack.popCondition();
        long otherwise = f.pop();
        int type = f.stack.type(0);
        long then = f.pop();
        f.push(type, ir.select(condition, then, otherwise));
    }

    private void globalGet(int index) {
        GlobalType type = f.module.globals().get(index);
        long load = ir.load(f.m.type(type.type()), cell(index), alignment(type));
        f.push(type.type(), type.mutable() ? ir.context(load) : ir.invariant(load));
    }

    /// A trap that the hardware raises later must find the store done, so it is volatile where
    /// accesses to memory are guarded.
    private void globalSet(int index) {
        GlobalType type = f.module.globals().get(index);
        long value = f.pop();
        long slot = cell(index);
        if (ir.typeOf(value) == ir.i32) {
            value = ir.cast(Ir.SEXT, value, ir.i64);
        } else if (ir.typeOf(value) == ir.f32) {
            value = ir.cast(Ir.ZEXT, ir.bitcast(value, ir.i32), ir.i64);
        }
        long store = ir.context(ir.store(value, slot, alignment(type)));
        if (f.m.hasGuardedMemory()) {
            ir.makeVolatile(store);
        }
    }

    private static int alignment(GlobalType type) {
        return type.type() == ValType.V128 ? 16 : 8;
    }

    /// The address of the value.
    private long cell(int index) {
        int offset = f.m.layout.global(index);
        return f.m.layout.isGlobalIndirect(index)
                ? f.contextPointer(offset)
                : ir.offset(f.context, offset);
    }
}
