package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Typing;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;

/// The rules of memories, and what the fixed rows that access one need checked.
final class MemoryRules {
    private static final long LOW_HALVES = 0x1F1F_1F1F_1F1F_1F1FL;

    private final ModuleContext context;
    private final Cursor cursor;
    private final TypeStack operands;

    MemoryRules(ModuleContext context, Cursor cursor, TypeStack operands) {
        this.context = context;
        this.cursor = cursor;
        this.operands = operands;
    }

    void validate(Opcode op) {
        switch (op) {
            case MEMORY_COPY -> copy();
            default -> throw new AssertionError(op);
        }
    }

    private void copy() {
        int target = addressType(cursor.index);
        int source = addressType(cursor.index2);
        boolean isWide = target == ValType.I64 && source == ValType.I64;
        operands.pop(isWide ? ValType.I64 : ValType.I32);
        operands.pop(source);
        operands.pop(target);
    }

    int addressType(int memory) {
        return context.memoryAddressType(memory, cursor.offset0);
    }

    /// Checks memory, alignment and offset of an access.
    ///
    /// @return the type of its address
    int access(Opcode op) {
        int type = context.memoryAddressType(cursor.index, cursor.offset0);
        Typing typing = op.typing();
        int width = typing.width();
        if (cursor.align > 4 || 1 << cursor.align > width) {
            throw typing.isAtomic()
                    ? Errors.atomicAlignment(cursor.offset0)
                    : Errors.alignment(cursor.offset0);
        }
        if (typing.isAtomic() && 1 << cursor.align != width) {
            throw Errors.atomicAlignment(cursor.offset0);
        }
        if (type == ValType.I32 && cursor.offset >>> 32 != 0) {
            throw Errors.offsetRange(cursor.offset0);
        }
        return type;
    }

    void lane(Opcode op) {
        if (cursor.lane >= FixedRules.lanes(op)) {
            throw Errors.laneIndex(cursor.offset0);
        }
    }

    /// Checks that all sixteen lane indices are below 32.
    void shuffle() {
        if (((cursor.bitsLow | cursor.bitsHigh) & ~LOW_HALVES) != 0) {
            throw Errors.laneIndex(cursor.offset0);
        }
    }
}
