package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;

/// The rules of tables.
final class TableRules {
    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;

    TableRules(ModuleContext context, Cursor cursor, TypeStack operands) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
    }

    void validate(Opcode op) {
        switch (op) {
            case TABLE_GET -> get(table(cursor.index));
            case TABLE_SET -> set(table(cursor.index));
            case TABLE_SIZE -> operands.push(table(cursor.index).addressType());
            case TABLE_GROW -> grow(table(cursor.index));
            case TABLE_FILL -> fill(table(cursor.index));
            case TABLE_INIT -> init(table(cursor.index2));
            case TABLE_COPY -> copy(table(cursor.index), table(cursor.index2));
            default -> throw new AssertionError(op);
        }
    }

    private TableType table(int index) {
        return context.table(index, cursor.offset0);
    }

    private void get(TableType table) {
        operands.pop(table.addressType());
        operands.push(table.element());
    }

    private void set(TableType table) {
        operands.pop(table.element());
        operands.pop(table.addressType());
    }

    private void grow(TableType table) {
        operands.pop(table.addressType());
        operands.pop(table.element());
        operands.push(table.addressType());
    }

    private void fill(TableType table) {
        operands.pop(table.addressType());
        operands.pop(table.element());
        operands.pop(table.addressType());
    }

    private void init(TableType table) {
        checkElements(context.elementType(cursor.index, cursor.offset0), table);
        operands.pop(ValType.I32);
        operands.pop(ValType.I32);
        operands.pop(table.addressType());
    }

    private void copy(TableType target, TableType source) {
        checkElements(source.element(), target);
        boolean isWide = target.is64() && source.is64();
        operands.pop(isWide ? ValType.I64 : ValType.I32);
        operands.pop(source.addressType());
        operands.pop(target.addressType());
    }

    private void checkElements(int type, TableType table) {
        if (!operands.matches(type, table.element())) {
            throw Errors.unfit(
                    "elements of " + ValType.text(table.element()),
                    "elements of " + ValType.text(type),
                    cursor.offset0);
        }
    }
}
