package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;

/// The rules of exceptions, in the form with `exnref` and in the legacy form.
final class ExceptionRules {
    private static final int CAUGHT = ValType.ref(false, ValType.HEAP_EXN);

    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;
    private final BlockStack blocks;
    private final BlockTypes blockTypes;

    ExceptionRules(ModuleContext context, Cursor cursor, TypeStack operands, BlockStack blocks) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
        this.blocks = blocks;
        blockTypes = new BlockTypes(context, cursor);
    }

    void validate(Opcode op) {
        switch (op) {
            case THROW -> {
                operands.popAll(tag(cursor.index).params());
                operands.setUnreachable();
            }
            case THROW_REF -> {
                operands.pop(ValType.EXNREF);
                operands.setUnreachable();
            }
            case TRY_TABLE -> tryTable();
            case TRY -> open(op);
            case CATCH -> clause(op, tag(cursor.index).params());
            case CATCH_ALL -> clause(op, FuncType.EMPTY.params());
            case DELEGATE -> delegate();
            case RETHROW -> rethrow();
            default -> throw new AssertionError(op);
        }
    }

    private FuncType tag(int index) {
        return context.tag(index, cursor.offset0);
    }

    private void open(Opcode op) {
        int[] params = blockTypes.params();
        operands.popAll(params);
        blocks.open(op, params, blockTypes.results());
    }

    private void tryTable() {
        int count = cursor.catchCount;
        for (int i = 0; i < count; i++) {
            checkCatch(cursor.catches[3 * i], cursor.catches[3 * i + 1], cursor.catches[3 * i + 2]);
        }
        open(Opcode.TRY_TABLE);
    }

    /// What a clause hands over must be what its label takes.
    ///
    /// @param kind as in [Cursor#catches]
    private void checkCatch(int kind, int tag, int label) {
        int[] params = Cursor.catchesTag(kind) ? tag(tag).params() : FuncType.EMPTY.params();
        int[] target = blocks.label(label);
        boolean withReference = Cursor.catchesReference(kind);
        int length = params.length + (withReference ? 1 : 0);
        boolean fits = target.length == length;
        for (int i = 0; fits && i < length; i++) {
            fits = operands.matches(i < params.length ? params[i] : CAUGHT, target[i]);
        }
        if (!fits) {
            throw Errors.unfit(
                    TypeStack.text(target),
                    TypeStack.text(params) + (withReference ? " and an exception" : ""),
                    cursor.offset0);
        }
    }

    private void clause(Opcode op, int[] caught) {
        if (blocks.opener() != Opcode.TRY && blocks.opener() != Opcode.CATCH) {
            throw Errors.unexpectedOpcode(op, cursor.offset0);
        }
        blocks.next(op, caught);
    }

    private void delegate() {
        if (blocks.opener() != Opcode.TRY) {
            throw Errors.unexpectedOpcode(Opcode.DELEGATE, cursor.offset0);
        }
        int[] results = blocks.close();
        blocks.label(cursor.index);
        operands.pushAll(results);
    }

    private void rethrow() {
        Opcode opener = blocks.opener(cursor.index);
        if (opener != Opcode.CATCH && opener != Opcode.CATCH_ALL) {
            throw Errors.rethrowLabel(cursor.offset0);
        }
        operands.setUnreachable();
    }
}
