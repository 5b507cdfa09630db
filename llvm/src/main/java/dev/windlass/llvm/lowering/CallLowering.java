package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.thunk.Convention;
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

    /// What is called.
    ///
    /// @param record of the callee, 0 where it needs none
    private record Callee(
            FuncType type, long code, long record, long context, Convention convention) {}

    void lower(Opcode op) {
        switch (op) {
            case CALL -> call(known(f.cursor.index));
            case CALL_INDIRECT -> call(indirect());
            case CALL_REF -> call(byReference());
            case RETURN_CALL -> tailCall(known(f.cursor.index));
            case RETURN_CALL_INDIRECT -> tailCall(indirect());
            case RETURN_CALL_REF -> tailCall(byReference());
            default -> throw new AssertionError(op);
        }
    }

    private void call(Callee callee) {
        long[] arguments = f.stack.pop(callee.type.params().length);
        long call =
                f.exceptions().areHandled()
                        ? protectedCall(callee, arguments)
                        : ir.noMerge(emitCall(callee, callee.convention, arguments));
        f.m.pushResults(f, callee.type, call);
    }

    private long protectedCall(Callee callee, long[] arguments) {
        long record = callee.record == 0 ? ir.zero(ir.ptr) : callee.record;
        return f.exceptions().call(callee.type, callee.code, record, callee.context, arguments);
    }

    /// The callee takes the place of this function, which has the uniform form, as all here have.
    private void tailCall(Callee callee) {
        long[] arguments = f.stack.pop(callee.type.params().length);
        f.m.own.tail(emitCall(callee, f.m.own, arguments), f.m.shape(callee.type));
        f.control().stop();
    }

    private long emitCall(Callee callee, Convention convention, long[] arguments) {
        return convention.call(
                f.m.shape(callee.type),
                callee.code,
                callee.record,
                callee.context,
                arguments,
                f::storeState);
    }

    private Callee known(int function) {
        FuncType type = f.module.functionType(function);
        if (function < f.m.importedFunctions) {
            return ofRecord(type, f.contextPointer(f.m.layout.function(function)));
        }
        return f.m.isLinked()
                ? linked(type, f.contextPointer(f.m.layout.function(function)))
                : new Callee(type, f.m.function(function), 0, f.context, f.m.own);
    }

    /// Of this module, by its record: other code may be there at each call.
    private Callee linked(FuncType type, long record) {
        long code = ir.makeVolatile(load(ir.ptr, record, FunctionRecord.CALL));
        return new Callee(type, code, record, f.context, f.m.byRecord);
    }

    private Callee ofRecord(FuncType type, long record) {
        long context = f.m.contextOf(record, f.context);
        long code = load(ir.ptr, record, FunctionRecord.CALL);
        return new Callee(type, code, record, context, f.m.byRecord);
    }

    private long load(long type, long record, int offset) {
        return ir.context(ir.load(type, ir.offset(record, offset), 8));
    }

    private Callee indirect() {
        int typeIndex = f.cursor.index;
        int table = f.cursor.index2;
        long index = f.memories().widened(f.pop(), f.module.tables().get(table).is64());
        f.trapIf(ir.icmp(Ir.UGE, index, f.tables().length(table)), TrapKind.UNDEFINED_ELEMENT);
        boolean isFrozen = f.m.frozen.contains(table) && !f.m.isLinked();
        if (isFrozen && f.module.types().get(typeIndex).isFinal()) {
            return frozen(typeIndex, table, index);
        }
        long elements = f.tables().base(table);
        long element = ir.offset(elements, ir.binary(Ir.SHL, index, ir.i64(3)));
        long reference = ir.context(ir.load(ir.i64, element, 8));
        f.trapIf(ir.icmp(Ir.EQ, reference, ir.i64(0)), TrapKind.UNINITIALIZED_ELEMENT);
        long record = ir.cast(Ir.INTTOPTR, reference, ir.ptr);
        checkType(typeIndex, reference, record);
        return ofRecord(f.m.functionTypeAt(typeIndex), record);
    }

    /// An element of a table that the library has a copy of.
    private Callee frozen(int typeIndex, int table, long index) {
        long elements = f.m.frozenElements(table);
        long element = ir.offset(elements, ir.binary(Ir.SHL, index, ir.i64(3)));
        long cell = ir.invariant(ir.load(ir.i64, element, 4));
        long actual = ir.cast(Ir.TRUNC, cell, ir.i32);
        long expected = ir.i32(f.m.frozen.typeNumber(typeIndex));
        long differs = f.block("differs");
        long next = f.block("next");
        ir.unlikely(ir.icmp(Ir.NE, actual, expected), differs, next);
        ir.at(differs);
        f.trapIf(ir.icmp(Ir.EQ, actual, ir.i32(FrozenTables.NULL)), TrapKind.UNINITIALIZED_ELEMENT);
        f.trap(TrapKind.INDIRECT_CALL_TYPE_MISMATCH);
        ir.at(next);
        long distance = ir.binary(Ir.ASHR, cell, ir.i64(32));
        long code = ir.offset(elements, distance);
        return new Callee(f.m.functionTypeAt(typeIndex), code, 0, f.context, f.m.own);
    }

    /// The callee's type is the expected one, or, if that has subtypes, one of those.
    private void checkType(int typeIndex, long reference, long record) {
        long differs = f.m.compareType(Ir.NE, record, typeIndex, f.context);
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

    private Callee byReference() {
        long reference = f.pop();
        f.trapIf(ir.icmp(Ir.EQ, reference, ir.i64(0)), TrapKind.NULL_FUNCTION_REFERENCE);
        long record = ir.cast(Ir.INTTOPTR, reference, ir.ptr);
        return ofRecord(f.m.functionTypeAt(f.cursor.index), record);
    }
}
