package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;

/// The rules of references to anything.
final class ReferenceRules {
    private static final int EQREF = ValType.ref(true, ValType.HEAP_EQ);

    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;
    private final BlockStack blocks;

    ReferenceRules(ModuleContext context, Cursor cursor, TypeStack operands, BlockStack blocks) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
        this.blocks = blocks;
    }

    void validate(Opcode op) {
        switch (op) {
            case REF_NULL -> {
                context.checkHeapType(cursor.heapType, cursor.offset0);
                operands.push(ValType.ref(true, cursor.heapType));
            }
            case REF_IS_NULL -> {
                operands.popRef();
                operands.push(ValType.I32);
            }
            case REF_FUNC -> function();
            case REF_EQ -> {
                operands.pop(EQREF);
                operands.pop(EQREF);
                operands.push(ValType.I32);
            }
            case REF_AS_NON_NULL -> operands.push(operands.popRef() & ~ValType.NULLABLE);
            case BR_ON_NULL -> branchOnNull();
            case BR_ON_NON_NULL -> branchOnNonNull();
            default -> throw new AssertionError(op);
        }
    }

    private void function() {
        int type = context.functionTypeIndex(cursor.index, cursor.offset0);
        if (!context.isDeclared(cursor.index)) {
            throw Errors.undeclared(cursor.index, cursor.offset0);
        }
        operands.push(context.hasFunctionReferences ? ValType.ref(false, type) : ValType.FUNCREF);
    }

    private void branchOnNull() {
        int reference = operands.popRef();
        int[] types = blocks.label(cursor.index);
        operands.popAll(types);
        operands.pushAll(types);
        operands.push(reference & ~ValType.NULLABLE);
    }

    /// The branch takes the reference along, the instruction after it does not get it.
    private void branchOnNonNull() {
        int[] types = blocks.label(cursor.index);
        int last = types.length - 1;
        if (last < 0 || !ValType.isRef(types[last])) {
            throw Errors.unfit(
                    "a label that takes a reference", TypeStack.text(types), cursor.offset0);
        }
        operands.pop(types[last] | ValType.NULLABLE);
        for (int i = last - 1; i >= 0; i--) {
            operands.pop(types[i]);
        }
        for (int i = 0; i < last; i++) {
            operands.push(types[i]);
        }
    }
}
