package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;

/// The rules of blocks, branches and calls.
final class ControlRules {
    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;
    private final BlockStack blocks;
    private final BlockTypes blockTypes;

    ControlRules(ModuleContext context, Cursor cursor, TypeStack operands, BlockStack blocks) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
        this.blocks = blocks;
        blockTypes = new BlockTypes(context, cursor);
    }

    void validate(Opcode op) {
        switch (op) {
            case UNREACHABLE -> operands.setUnreachable();
            case BLOCK, LOOP, IF -> block(op);
            case ELSE -> elseBranch();
            case END -> end();
            case BR -> branch(cursor.index);
            case BR_IF -> branchIf(cursor.index);
            case BR_TABLE -> branchTable();
            case RETURN -> functionReturn();
            case CALL -> call(context.functionType(cursor.index, cursor.offset0));
            case RETURN_CALL -> returnCall(context.functionType(cursor.index, cursor.offset0));
            case CALL_INDIRECT -> call(indirectType());
            case RETURN_CALL_INDIRECT -> returnCall(indirectType());
            case CALL_REF -> call(referenceType());
            case RETURN_CALL_REF -> returnCall(referenceType());
            default -> throw new AssertionError(op);
        }
    }

    private void block(Opcode op) {
        int[] params = blockTypes.params();
        int[] results = blockTypes.results();
        if (op == Opcode.IF) {
            operands.pop(ValType.I32);
        }
        operands.popAll(params);
        open(op, params, results);
    }

    /// Opens a block whose operands have been popped.
    void open(Opcode op, int[] params, int[] results) {
        blocks.open(op, params, results);
    }

    void elseBranch() {
        if (blocks.opener() != Opcode.IF) {
            throw Errors.unexpectedOpcode(Opcode.ELSE, cursor.offset0);
        }
        blocks.next(Opcode.ELSE, blocks.startTypes());
    }

    void end() {
        Opcode opener = blocks.opener();
        if (opener == Opcode.IF) {
            checkNoElse();
        }
        int[] results = blocks.close();
        if (blocks.depth() > 0) {
            operands.pushAll(results);
        }
    }

    /// Without `else`, the operands are what is left behind.
    private void checkNoElse() {
        int[] start = blocks.startTypes();
        int[] end = blocks.endTypes();
        if (!operands.matchAll(start, end)) {
            throw Errors.noElse(TypeStack.text(start), TypeStack.text(end), cursor.offset0);
        }
    }

    void branch(int label) {
        leave(blocks.label(label));
    }

    void functionReturn() {
        leave(blocks.functionResults());
    }

    private void leave(int[] types) {
        operands.popAll(types);
        operands.setUnreachable();
    }

    void branchIf(int label) {
        operands.pop(ValType.I32);
        int[] types = blocks.label(label);
        operands.popAll(types);
        operands.pushAll(types);
    }

    /// Labels of one block share their list of types: it is checked once in a row.
    @SuppressWarnings("ReferenceEquality")
    private void branchTable() {
        operands.pop(ValType.I32);
        int count = cursor.labelCount;
        int[] last = blocks.label(cursor.labels[count - 1]);
        int[] checked = last;
        operands.checkAll(last);
        for (int i = 0; i < count - 1; i++) {
            int[] types = blocks.label(cursor.labels[i]);
            if (types != checked) {
                checkArity(types, last);
                operands.checkAll(types);
                checked = types;
            }
        }
        leave(last);
    }

    private void checkArity(int[] types, int[] last) {
        if (types.length != last.length) {
            throw Errors.unfit(TypeStack.text(last), TypeStack.text(types), cursor.offset0);
        }
    }

    void call(FuncType type) {
        operands.popAll(type.params());
        operands.pushAll(type.results());
    }

    private void returnCall(FuncType type) {
        int[] expected = blocks.functionResults();
        if (!operands.matchAll(type.results(), expected)) {
            throw Errors.resultMismatch(
                    TypeStack.text(expected), TypeStack.text(type.results()), cursor.offset0);
        }
        operands.popAll(type.params());
        operands.setUnreachable();
    }

    private FuncType indirectType() {
        TableType table = context.table(cursor.index2, cursor.offset0);
        if (!operands.matches(table.element(), ValType.FUNCREF)) {
            throw Errors.unfit(
                    "a table of functions",
                    "a table of " + ValType.text(table.element()),
                    cursor.offset0);
        }
        FuncType type = context.funcType(cursor.index, cursor.offset0);
        operands.pop(table.addressType());
        return type;
    }

    private FuncType referenceType() {
        FuncType type = context.funcType(cursor.index, cursor.offset0);
        operands.pop(ValType.ref(true, cursor.index));
        return type;
    }
}
