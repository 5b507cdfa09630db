package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.runtime.boundary.TableRecord;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;

/// Table instructions: element access here, the rest by host calls.
final class TableLowering {
    private final FunctionLowering f;
    private final Ir ir;

    TableLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        int index = f.cursor.index;
        int index2 = f.cursor.index2;
        switch (op) {
            case TABLE_GET -> f.push(elementType(index), load(element(index, f.pop())));
            case TABLE_SET -> {
                long reference = f.pop();
                long store = ir.context(ir.store(reference, element(index, f.pop()), 8));
                if (f.m.hasGuardedMemory()) {
                    ir.makeVolatile(store);
                }
            }
            case TABLE_SIZE -> size(index);
            case TABLE_GROW -> grow(index);
            case TABLE_FILL -> fill(index);
            case TABLE_INIT -> init(index2, index);
            case TABLE_COPY -> copy(index, index2);
            case ELEM_DROP -> f.m.hostCall(HostCall.ELEM_DROP, f.context, ir.i32(index));
            default -> throw new AssertionError(op);
        }
    }

    private int elementType(int table) {
        return f.module.tables().get(table).element();
    }

    private boolean is64(int table) {
        return f.module.tables().get(table).is64();
    }

    private long wide(int table, long index) {
        return f.memories().widened(index, is64(table));
    }

    /// The length in elements.
    long length(int table) {
        TableType type = f.module.tables().get(table);
        return isFixed(type) || f.m.frozen.contains(table)
                ? ir.i64(type.limits().min())
                : ir.context(field(ir.i64, table, TableRecord.LENGTH));
    }

    /// The address of the elements.
    long base(int table) {
        long base = field(ir.ptr, table, TableRecord.BASE);
        return isFixed(f.module.tables().get(table)) ? ir.invariant(base) : ir.context(base);
    }

    /// Whether a table of the type always has the same length, and so never moves.
    private static boolean isFixed(TableType type) {
        return type.limits().hasMax() && type.limits().min() == type.limits().max();
    }

    private long field(long type, int table, int field) {
        long record = f.contextPointer(f.m.layout.table(table));
        return ir.load(type, ir.offset(record, field), 8);
    }

    private long element(int table, long index) {
        long wide = wide(table, index);
        long length = length(table);
        f.trapIf(ir.icmp(Ir.UGE, wide, length), TrapKind.TABLE_OUT_OF_BOUNDS);
        long base = base(table);
        return ir.offset(base, ir.binary(Ir.SHL, wide, ir.i64(3)));
    }

    private long load(long address) {
        return ir.context(ir.load(ir.i64, address, 8));
    }

    private void size(int table) {
        f.memories().pushAddress(is64(table), length(table));
    }

    private void grow(int table) {
        long count = wide(table, f.pop());
        long reference = f.pop();
        long old = f.m.hostCall(HostCall.TABLE_GROW, f.context, ir.i32(table), count, reference);
        f.memories().pushAddress(is64(table), old);
    }

    private void fill(int table) {
        long count = wide(table, f.pop());
        long reference = f.pop();
        long index = wide(table, f.pop());
        f.m.hostCall(HostCall.TABLE_FILL, f.context, ir.i32(table), index, reference, count);
    }

    private void init(int table, int segment) {
        long count = wide(f.pop());
        long from = wide(f.pop());
        long to = wide(table, f.pop());
        f.m.hostCall(
                HostCall.TABLE_INIT, f.context, ir.i32(table), ir.i32(segment), to, from, count);
    }

    private long wide(long value) {
        return f.memories().widened(value, false);
    }

    private void copy(int to, int from) {
        long count = f.memories().widened(f.pop(), is64(to) && is64(from));
        long source = wide(from, f.pop());
        long target = wide(to, f.pop());
        f.m.hostCall(
                HostCall.TABLE_COPY, f.context, ir.i32(to), ir.i32(from), target, source, count);
    }
}
