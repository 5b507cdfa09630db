package dev.windlass.wasm.binary;

import dev.windlass.wasm.ConstExpr;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;

/// Constant expressions that follow each other, as the offsets between them: a segment may have
/// millions.
final class ConstExprs extends AbstractList<ConstExpr> implements RandomAccess {
    /// The offset of each expression, and that after the last one.
    private int[] bounds = new int[8];

    private int size;

    /// @param start the offset of the first expression
    ConstExprs(int start) {
        bounds[0] = start;
    }

    /// Takes the next expression.
    void end(int end) {
        size++;
        if (size == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * size);
        }
        bounds[size] = end;
    }

    @Override
    public ConstExpr get(int index) {
        Objects.checkIndex(index, size);
        return new ConstExpr(bounds[index], bounds[index + 1]);
    }

    @Override
    public int size() {
        return size;
    }
}
