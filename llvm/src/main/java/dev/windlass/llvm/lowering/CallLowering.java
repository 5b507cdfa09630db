package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.FunctionRecord;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;

/// Calls.
final class CallLowering {
    private final FunctionLowering f;
    private final Ir ir;

    CallLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        switch (op) {
            case CALL -> call(f.cursor.index);
            case CALL_INDIRECT -> callIndirect();
            case CALL_REF -> callRef();
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF ->
                    throw new UnsupportedInstruction(op.text());
            default -> throw new AssertionError(op);
        }
    }

    private void call(int function) {
        FuncType type = f.module.functionType(function);
        if (function < f.m.importedFunctions) {
            long record = f.contextPointer(f.m.layout.function(function));
            callRecord(type, record);
            return;
        }
        callHere(type, f.m.function(function));
    }

    /// Calls code of this instance.
    private void callHere(FuncType type, long code) {
        long[] operands = f.stack.pop(type.params().length);
        if (f.exceptions().areHandled()) {
            long none = ir.zero(ir.ptr);
            pushResults(type, f.exceptions().call(type, code, none, f.context, operands));
            return;
        }
        long[] arguments = new long[operands.length + 1];
        System.arraycopy(operands, 0, arguments, 1, operands.length);
        arguments[0] = f.context;
        pushResults(type, ir.noMerge(ir.call(f.m.functionType(type), code, arguments)));
    }

    /// Calls what a record says.
    private void callRecord(FuncType type, long record) {
        long[] operands = f.stack.pop(type.params().length);
        long context = f.m.contextOf(record, f.context);
        long code = load(ir.ptr, record, FunctionRecord.CALL);
        if (f.exceptions().areHandled()) {
            pushResults(type, f.exceptions().call(type, code, record, context, operands));
            return;
        }
        long[] arguments = new long[operands.length + 2];
        System.arraycopy(operands, 0, arguments, 2, operands.length);
        arguments[0] = record;
        arguments[1] = context;
        long call = ir.noMerge(ir.call(f.m.recordFunctionType(type), code, arguments));
        ir.argumentAttribute(call, 0, "nest");
        pushResults(type, call);
    }

    private void pushResults(FuncType type, long first) {
        f.m.pushResults(f, type, first);
    }

    private long load(long type, long record, int offset) {
        return ir.context(ir.load(type, ir.offset(record, offset), 8));
    }

    private void callIndirect() {
        int typeIndex = f.cursor.index;
        int table = f.cursor.index2;
        long index = f.memories().widened(f.pop(), f.module.tables().get(table).is64());
        f.trapIf(ir.icmp(Ir.UGE, index, f.tables().length(table)), TrapKind.UNDEFINED_ELEMENT);
        if (f.m.frozen.contains(table) && f.module.types().get(typeIndex).isFinal()) {
            callFrozen(typeIndex, table, index);
            return;
        }
        long elements = f.tables().base(table);
        long element = ir.offset(elements, ir.binary(Ir.SHL, index, ir.i64(3)));
        long reference = ir.context(ir.load(ir.i64, element, 8));
        f.trapIf(ir.icmp(Ir.EQ, reference, ir.i64(0)), TrapKind.UNINITIALIZED_ELEMENT);
        long record = ir.cast(Ir.INTTOPTR, reference, ir.ptr);
        checkType(typeIndex, reference, record);
        callRecord(f.m.functionTypeAt(typeIndex), record);
    }

    /// Calls an element of a table that the library has a copy of.
    private void callFrozen(int typeIndex, int table, long index) {
        long elements = f.m.frozenElements(table);
        long element = ir.offset(elements, ir.binary(Ir.SHL, index, ir.i64(3)));
        long cell = ir.invariant(ir.load(ir.i64, element, 4));
        long actual = ir.cast(Ir.TRUNC, cell, ir.i32);
        long expected = ir.i32(f.m.frozen.typeNumber(typeIndex));
        long differs = f.block("differs");
        long next = f.block("next");
        ir.unlikely(ir.icmp(Ir.NE, actual, expected), differs, next);
        ir.at(differs);
        f.trapIf(ir.icmp(Ir.EQ, actual, ir.i32(-1)), TrapKind.UNINITIALIZED_ELEMENT);
        f.trap(TrapKind.INDIRECT_CALL_TYPE_MISMATCH);
        ir.at(next);
        long distance = ir.binary(Ir.ASHR, cell, ir.i64(32));
        callHere(f.m.functionTypeAt(typeIndex), ir.offset(elements, distance));
    }

    /// The callee's type is the expected one, or, if that has subtypes, one of those.
    private void checkType(int typeIndex, long reference, long record) {
        long expected =
                ir.invariant(ir.load(ir.i32, ir.offset(f.context, f.m.layout.type(typeIndex)), 4));
        long actual = ir.context(ir.load(ir.i32, ir.offset(record, FunctionRecord.TYPE_ID), 4));
        long differs = ir.icmp(Ir.NE, actual, expected);
        if (f.module.types().get(typeIndex).isFinal()) {
            f.trapIf(differs, TrapKind.INDIRECT_CALL_TYPE_MISMATCH);
            return;
        }
        long look = f.block("subtype");
        long next = f.block("next");
        ir.unlikely(differs, look, next);
        ir.at(look);
        long matches =
                f.m.hostCall(HostCall.CALLEE_MATCHES, f.context, ir.i32(typeIndex), reference);
        f.trapIf(ir.icmp(Ir.EQ, matches, ir.i64(0)), TrapKind.INDIRECT_CALL_TYPE_MISMATCH);
        ir.br(next);
        ir.at(next);
    }

    private void callRef() {
        long reference = f.pop();
        f.trapIf(ir.icmp(Ir.EQ, reference, ir.i64(0)), TrapKind.NULL_FUNCTION_REFERENCE);
        callRecord(f.m.functionTypeAt(f.cursor.index), ir.cast(Ir.INTTOPTR, reference, ir.ptr));
    }
}
