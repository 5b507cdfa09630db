package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.ValType;

/// What the families of vector instructions share. On the operand stack a v128 is sixteen bytes; an
/// operation sees it in its own lanes.
final class Vectors {
    private final FunctionLowering f;
    private final Ir ir;

    /// Whether the target is x86-64; else it is AArch64.
    final boolean isX86;

    Vectors(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
        isX86 = f.m.options.triple().startsWith("x86_64");
    }

    /// Pops a vector as lanes of a shape.
    long pop(LaneShape shape) {
        return ir.bitcast(f.pop(), shape.type(ir));
    }

    /// Pushes a vector of any lanes.
    void push(long vector) {
        f.push(ValType.V128, ir.bitcast(vector, ir.v128));
    }

    /// A vector with the same constant in all lanes, which are integers.
    long constant(LaneShape shape, long value) {
        return ir.splatConstant(ir.constant(shape.lane(ir), value), shape.lanes);
    }

    /// As above, floats.
    long constant(LaneShape shape, double value) {
        return ir.splatConstant(
                shape == LaneShape.F32X4 ? ir.f32((float) value) : ir.f64(value), shape.lanes);
    }

    /// A vector with the same value in all lanes.
    long splat(LaneShape shape, long lane) {
        long type = shape.type(ir);
        long first = ir.insertElement(ir.poison(type), lane, ir.i32(0));
        return ir.shuffle(first, ir.poison(type), new int[shape.lanes]);
    }

    /// Every second lane, half as many.
    ///
    /// @param from 0 or 1
    long everySecond(long vector, LaneShape shape, int from) {
        int[] mask = new int[shape.lanes / 2];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = 2 * i + from;
        }
        return ir.shuffle(vector, ir.poison(ir.typeOf(vector)), mask);
    }

    /// The lower half or the upper half of the lanes.
    long half(long vector, LaneShape shape, boolean isHigh) {
        int count = shape.lanes / 2;
        return ir.shuffle(
                vector, ir.poison(ir.typeOf(vector)), consecutive(isHigh ? count : 0, count));
    }

    /// Two vectors, one behind the other.
    ///
    /// @param lanes of each
    long joined(long left, long right, int lanes) {
        return ir.shuffle(left, right, consecutive(0, 2 * lanes));
    }

    private static int[] consecutive(int from, int count) {
        int[] lanes = new int[count];
        for (int i = 0; i < count; i++) {
            lanes[i] = from + i;
        }
        return lanes;
    }

    /// All ones in the lanes where a comparison holds, else zeros.
    long mask(long comparison, LaneShape shape) {
        return ir.cast(Ir.SEXT, comparison, shape.integers().type(ir));
    }
}
