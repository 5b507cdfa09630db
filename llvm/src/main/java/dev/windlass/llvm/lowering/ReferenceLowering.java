package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Reference instructions. A reference is an i64 that is 0 for null.
final class ReferenceLowering {
    private final FunctionLowering f;
    private final Ir ir;

    ReferenceLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        switch (op) {
            case REF_NULL -> f.push(ValType.ref(true, f.cursor.heapType), ir.i64(0));
            case REF_IS_NULL -> f.stack.pushBit(ir.icmp(Ir.EQ, f.pop(), ir.i64(0)));
            case REF_FUNC -> refFunc();
            case REF_EQ -> {
                long right = f.pop();
                f.stack.pushBit(ir.icmp(Ir.EQ, f.pop(), right));
            }
            case REF_AS_NON_NULL ->
                    f.trapIf(ir.icmp(Ir.EQ, f.stack.value(0), ir.i64(0)), TrapKind.NULL_REFERENCE);
            case BR_ON_NULL -> f.control().brOnNull(f.cursor.index);
            case BR_ON_NON_NULL -> f.control().brOnNonNull(f.cursor.index);
            default -> throw new AssertionError(op);
        }
    }

    /// The record's address is in the context once somebody asked for it.
    private void refFunc() {
        int function = f.cursor.index;
        long known =
                ir.context(ir.load(ir.i64, ir.offset(f.context, f.m.layout.function(function)), 8));
        long from = ir.currentBlock();
        long ask = f.block("ask");
        long next = f.block("next");
        ir.unlikely(ir.icmp(Ir.EQ, known, ir.i64(0)), ask, next);
        ir.at(ask);
        long asked = f.m.hostCall(HostCall.REF_FUNC, f.context, ir.i32(function));
        long askedFrom = ir.currentBlock();
        ir.br(next);
        ir.at(next);
        long reference = ir.phi(ir.i64);
        ir.addIncoming(reference, known, from);
        ir.addIncoming(reference, asked, askedFrom);
        f.push(ValType.ref(false, f.module.functionTypeIndex(function)), reference);
    }
}
