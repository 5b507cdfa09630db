package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.ValType;
import java.util.Arrays;

/// The operand stack of the function being lowered: SSA values and their types ([ValType] bits). The
/// result of a comparison stays one bit until it is used as an i32.
final class Operands {
    private final Ir ir;
    private long[] values = new long[32];
    private int[] types = new int[32];
    private boolean[] isBit = new boolean[32];
    private int height;

    Operands(Ir ir) {
        this.ir = ir;
    }

    int height() {
        return height;
    }

    void push(int type, long value) {
        reserve();
        values[height] = value;
        types[height] = type;
        isBit[height++] = false;
    }

    /// Pushes an i32 that is 0 or 1, as one bit.
    void pushBit(long bit) {
        push(ValType.I32, bit);
        isBit[height - 1] = true;
    }

    private void reserve() {
        if (height == values.length) {
            values = Arrays.copyOf(values, 2 * height);
            types = Arrays.copyOf(types, 2 * height);
            isBit = Arrays.copyOf(isBit, 2 * height);
        }
    }

    long pop() {
        long value = value(0);
        height--;
        return value;
    }

    /// Pops an i32 as one bit: whether it is not zero.
    long popCondition() {
        height--;
        return isBit[height] ? values[height] : ir.icmp(Ir.NE, values[height], ir.i32(0));
    }

    /// Pops an i32: whether it is zero, as one bit.
    long popIsZero() {
        height--;
        return isBit[height]
                ? ir.xor(values[height], ir.i1(true))
                : ir.icmp(Ir.EQ, values[height], ir.i32(0));
    }

    /// The value that many places below the top.
    long value(int depth) {
        int at = height - 1 - depth;
        if (isBit[at]) {
            values[at] = ir.cast(Ir.ZEXT, values[at], ir.i32);
            isBit[at] = false;
        }
        return values[at];
    }

    /// The type that many places below the top.
    int type(int depth) {
        return types[height - 1 - depth];
    }

    void drop() {
        height--;
    }

    /// Pops some operands, the deepest first.
    long[] pop(int count) {
        long[] popped = new long[count];
        for (int i = count - 1; i >= 0; i--) {
            popped[i] = pop();
        }
        return popped;
    }

    void cut(int newHeight) {
        height = newHeight;
    }
}
