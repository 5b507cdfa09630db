package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.ValType;

/// Casts and conversions of references. Of what type a reference is, is decided as
/// [dev.windlass.runtime.ReferenceTypes] does. A module with objects of its own is refused when it is
/// instantiated.
final class CastLowering {
    private final FunctionLowering f;
    private final Ir ir;

    CastLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        int heapType = f.cursor.heapType;
        switch (op) {
            case REF_TEST -> f.stack.pushBit(matches(f.pop(), false, heapType));
            case REF_TEST_NULL -> f.stack.pushBit(matches(f.pop(), true, heapType));
            case REF_CAST -> cast(false, heapType);
            case REF_CAST_NULL -> cast(true, heapType);
            case BR_ON_CAST -> f.control().brIf(targetMatches(), f.cursor.index);
            case BR_ON_CAST_FAIL ->
                    f.control().brIf(ir.xor(targetMatches(), ir.i1(true)), f.cursor.index);
            case ANY_CONVERT_EXTERN -> f.push(ValType.ANYREF, f.pop());
            case EXTERN_CONVERT_ANY -> f.push(ValType.EXTERNREF, f.pop());
            default -> throw new UnsupportedInstruction(op.text());
        }
    }

    private void cast(boolean isNullable, int heapType) {
        long reference = f.pop();
        long failed = ir.xor(matches(reference, isNullable, heapType), ir.i1(true));
        f.trapIf(failed, TrapKind.CAST_FAILURE);
        f.push(ValType.ref(isNullable, heapType), reference);
    }

    /// Whether the top operand, which stays, is of the type that a branch wants.
    private long targetMatches() {
        int target = f.cursor.castTarget();
        return matches(f.stack.value(0), ValType.isNullable(target), ValType.heapType(target));
    }

    /// One bit.
    private long matches(long reference, boolean isNullable, int heapType) {
        long isNull = ir.icmp(Ir.EQ, reference, ir.i64(0));
        return switch (heapType) {
            case ValType.HEAP_FUNC, ValType.HEAP_EXTERN, ValType.HEAP_EXN, ValType.HEAP_ANY ->
                    isNullable ? ir.i1(true) : ir.xor(isNull, ir.i1(true));
            default -> {
                if (isFunction(heapType)) {
                    yield functionMatches(reference, isNull, isNullable, ValType.index(heapType));
                }
                yield isNullable ? isNull : ir.i1(false);
            }
        };
    }

    private boolean isFunction(int heapType) {
        return !ValType.isAbstract(heapType)
                && type(ValType.index(heapType)).composite() instanceof FuncType;
    }

    private SubType type(int index) {
        return f.module.types().get(index);
    }

    /// Whether a function is of a type, or, if that has subtypes, of one of those.
    private long functionMatches(long reference, long isNull, boolean isNullable, int typeIndex) {
        long from = ir.currentBlock();
        long look = f.block("look");
        long next = f.block("next");
        ir.condBr(isNull, next, look);
        ir.at(look);
        long matches =
                type(typeIndex).isFinal()
                        ? hasType(reference, typeIndex)
                        : ask(reference, typeIndex);
        ir.br(next);
        ir.at(next);
        long result = ir.phi(ir.i1);
        ir.addIncoming(result, ir.i1(isNullable), from);
        ir.addIncoming(result, matches, look);
        return result;
    }

    private long hasType(long reference, int typeIndex) {
        long record = ir.cast(Ir.INTTOPTR, reference, ir.ptr);
        return f.m.compareType(Ir.EQ, record, typeIndex, f.context);
    }

    private long ask(long reference, int typeIndex) {
        long matches =
                f.m.hostCall(HostCall.CALLEE_MATCHES, f.context, ir.i32(typeIndex), reference);
        return ir.icmp(Ir.NE, matches, ir.i64(0));
    }
}
