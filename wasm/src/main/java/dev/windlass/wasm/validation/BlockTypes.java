package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.ValType;

/// Block types as lists of types, without allocation for all but concrete reference types.
final class BlockTypes {
    private static final int[] NONE = {};

    /// Lists of one type, by the type's byte in the binary format.
    private static final int[][] SINGLE = new int[0x80][];

    static {
        for (int b = 0x60; b < SINGLE.length; b++) {
            boolean isHeapType = b >= (ValType.HEAP_EXN & 0xFF) && b <= (ValType.HEAP_NOEXN & 0xFF);
            SINGLE[b] = new int[] {isHeapType ? ValType.ref(true, ValType.ABSTRACT | b) : b};
        }
    }

    private final ModuleContext context;
    private final Cursor cursor;

    BlockTypes(ModuleContext context, Cursor cursor) {
        this.context = context;
        this.cursor = cursor;
    }

    /// The list of one number type.
    static int[] number(int type) {
        return SINGLE[type];
    }

    /// The operands of the cursor's block.
    int[] params() {
        return cursor.blockTypeIsIndex() ? type().params() : NONE;
    }

    /// The results of the cursor's block.
    int[] results() {
        if (cursor.blockTypeIsIndex()) {
            return type().results();
        }
        int type = cursor.blockType;
        return type == Cursor.EMPTY_BLOCK ? NONE : single(type);
    }

    private FuncType type() {
        return context.funcType(cursor.blockType, cursor.offset0);
    }

    private int[] single(int type) {
        int heap = ValType.heapType(type);
        if (!ValType.isRef(type)) {
            return SINGLE[type];
        }
        if (ValType.isNullable(type) && ValType.isAbstract(heap)) {
            return SINGLE[heap & 0x7F];
        }
        context.checkHeapType(heap, cursor.offset0);
        return new int[] {type};
    }
}
