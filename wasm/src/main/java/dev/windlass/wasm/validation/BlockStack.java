package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.internal.Errors;
import java.util.Arrays;

/// The control stack of the validation algorithm: the blocks around the current instruction, the
/// function's body being the outermost.
final class BlockStack {
    private static final int INITIAL = 32;

    private final TypeStack operands;
    private final Locals locals;
    private final Cursor cursor;

    private Opcode[] openers = new Opcode[INITIAL];
    private int[][] startTypes = new int[INITIAL][];
    private int[][] endTypes = new int[INITIAL][];
    private int[] heights = new int[INITIAL];
    private boolean[] wasUnreachable = new boolean[INITIAL];
    private int[] marks = new int[INITIAL];
    private int depth;

    BlockStack(TypeStack operands, Locals locals, Cursor cursor) {
        this.operands = operands;
        this.locals = locals;
        this.cursor = cursor;
    }

    void clear() {
        depth = 0;
    }

    /// The number of blocks that are open.
    int depth() {
        return depth;
    }

    /// The instruction that opened the innermost block, or its last `else` or `catch`.
    Opcode opener() {
        return openers[depth - 1];
    }

    Opcode opener(int label) {
        return openers[depth - 1 - checked(label)];
    }

    /// Opens a block whose operands have been popped.
    ///
    /// @param opener [Opcode#BLOCK] for the function's body
    void open(Opcode opener, int[] start, int[] end) {
        if (depth == openers.length) {
            grow();
        }
        openers[depth] = opener;
        startTypes[depth] = start;
        endTypes[depth] = end;
        heights[depth] = operands.base;
        wasUnreachable[depth] = operands.isUnreachable;
        marks[depth] = locals.mark();
        depth++;
        operands.base = operands.height;
        operands.isUnreachable = false;
        operands.pushAll(start);
    }

    private void grow() {
        if (depth >= ImplementationLimits.NESTING) {
            throw Errors.tooMany(
                    "nested blocks", depth + 1L, ImplementationLimits.NESTING, cursor.offset0);
        }
        int size = 2 * depth;
        openers = Arrays.copyOf(openers, size);
        startTypes = Arrays.copyOf(startTypes, size);
        endTypes = Arrays.copyOf(endTypes, size);
        heights = Arrays.copyOf(heights, size);
        wasUnreachable = Arrays.copyOf(wasUnreachable, size);
        marks = Arrays.copyOf(marks, size);
    }

    /// Closes the innermost block, whose results must be all that is on its stack: they are taken
    /// off, and are the answer.
    int[] close() {
        int at = depth - 1;
        int[] results = endTypes[at];
        operands.popAll(results);
        if (operands.height != operands.base) {
            operands.pushAll(results);
            throw Errors.blockMismatch(
                    TypeStack.text(results), operands.text(operands.base), cursor.offset0);
        }
        locals.undo(marks[at]);
        operands.base = heights[at];
        operands.isUnreachable = wasUnreachable[at];
        depth = at;
        return results;
    }

    /// Closes a part of the innermost block and opens the next: `else`, `catch`.
    void next(Opcode opener, int[] start) {
        int[] end = close();
        open(opener, start, end);
    }

    int[] startTypes() {
        return startTypes[depth - 1];
    }

    int[] endTypes() {
        return endTypes[depth - 1];
    }

    /// The types that a branch to the label takes along.
    int[] label(int label) {
        int at = depth - 1 - checked(label);
        return openers[at] == Opcode.LOOP ? startTypes[at] : endTypes[at];
    }

    private int checked(int label) {
        if (Integer.compareUnsigned(label, depth) >= 0) {
            throw Errors.unknown("label", label, cursor.offset0);
        }
        return label;
    }

    /// The results of the function.
    int[] functionResults() {
        return endTypes[0];
    }
}
