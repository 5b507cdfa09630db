package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Arithmetic and comparisons of integer lanes.
final class VectorIntegerLowering {
    private final FunctionLowering f;
    private final Ir ir;
    private final Vectors v;
    private final VectorFloatLowering floats;

    VectorIntegerLowering(FunctionLowering f, Vectors v) {
        this.f = f;
        this.ir = f.ir;
        this.v = v;
        floats = new VectorFloatLowering(f, v);
    }

    // spotless:off one operation, one line
    void lower(Opcode op) {
        switch (op) {
            case I8X16_ADD, I16X8_ADD, I32X4_ADD, I64X2_ADD -> binary(op, Ir.ADD);
            case I8X16_SUB, I16X8_SUB, I32X4_SUB, I64X2_SUB -> binary(op, Ir.SUB);
            case I16X8_MUL, I32X4_MUL, I64X2_MUL -> binary(op, Ir.MUL);
            case I8X16_ADD_SAT_S, I16X8_ADD_SAT_S -> binary(op, "llvm.sadd.sat");
            case I8X16_ADD_SAT_U, I16X8_ADD_SAT_U -> binary(op, "llvm.uadd.sat");
            case I8X16_SUB_SAT_S, I16X8_SUB_SAT_S -> binary(op, "llvm.ssub.sat");
            case I8X16_SUB_SAT_U, I16X8_SUB_SAT_U -> binary(op, "llvm.usub.sat");
            case I8X16_MIN_S, I16X8_MIN_S, I32X4_MIN_S -> binary(op, "llvm.smin");
            case I8X16_MIN_U, I16X8_MIN_U, I32X4_MIN_U -> binary(op, "llvm.umin");
            case I8X16_MAX_S, I16X8_MAX_S, I32X4_MAX_S -> binary(op, "llvm.smax");
            case I8X16_MAX_U, I16X8_MAX_U, I32X4_MAX_U -> binary(op, "llvm.umax");
            case I8X16_AVGR_U, I16X8_AVGR_U -> average(LaneShape.of(op));
            case I8X16_ABS, I16X8_ABS, I32X4_ABS, I64X2_ABS -> abs(LaneShape.of(op));
            case I8X16_NEG, I16X8_NEG, I32X4_NEG, I64X2_NEG -> neg(LaneShape.of(op));
            case I8X16_POPCNT -> v.push(ir.intrinsic("llvm.ctpop", ir.v128, f.pop()));
            case I8X16_SHL, I16X8_SHL, I32X4_SHL, I64X2_SHL -> shift(op, Ir.SHL);
            case I8X16_SHR_S, I16X8_SHR_S, I32X4_SHR_S, I64X2_SHR_S -> shift(op, Ir.ASHR);
            case I8X16_SHR_U, I16X8_SHR_U, I32X4_SHR_U, I64X2_SHR_U -> shift(op, Ir.LSHR);

            case I8X16_EQ, I16X8_EQ, I32X4_EQ, I64X2_EQ -> compare(op, Ir.EQ);
            case I8X16_NE, I16X8_NE, I32X4_NE, I64X2_NE -> compare(op, Ir.NE);
            case I8X16_LT_S, I16X8_LT_S, I32X4_LT_S, I64X2_LT_S -> compare(op, Ir.SLT);
            case I8X16_LT_U, I16X8_LT_U, I32X4_LT_U -> compare(op, Ir.ULT);
            case I8X16_GT_S, I16X8_GT_S, I32X4_GT_S, I64X2_GT_S -> compare(op, Ir.SGT);
            case I8X16_GT_U, I16X8_GT_U, I32X4_GT_U -> compare(op, Ir.UGT);
            case I8X16_LE_S, I16X8_LE_S, I32X4_LE_S, I64X2_LE_S -> compare(op, Ir.SLE);
            case I8X16_LE_U, I16X8_LE_U, I32X4_LE_U -> compare(op, Ir.ULE);
            case I8X16_GE_S, I16X8_GE_S, I32X4_GE_S, I64X2_GE_S -> compare(op, Ir.SGE);
            case I8X16_GE_U, I16X8_GE_U, I32X4_GE_U -> compare(op, Ir.UGE);
            case I8X16_ALL_TRUE, I16X8_ALL_TRUE, I32X4_ALL_TRUE, I64X2_ALL_TRUE -> allTrue(LaneShape.of(op));
            case I8X16_BITMASK, I16X8_BITMASK, I32X4_BITMASK, I64X2_BITMASK -> bitmask(LaneShape.of(op));

            case I8X16_NARROW_I16X8_S, I16X8_NARROW_I32X4_S -> narrow(LaneShape.of(op), true);
            case I8X16_NARROW_I16X8_U, I16X8_NARROW_I32X4_U -> narrow(LaneShape.of(op), false);
            case I16X8_EXTEND_LOW_I8X16_S, I32X4_EXTEND_LOW_I16X8_S, I64X2_EXTEND_LOW_I32X4_S -> extend(op, false, Ir.SEXT);
            case I16X8_EXTEND_HIGH_I8X16_S, I32X4_EXTEND_HIGH_I16X8_S, I64X2_EXTEND_HIGH_I32X4_S -> extend(op, true, Ir.SEXT);
            case I16X8_EXTEND_LOW_I8X16_U, I32X4_EXTEND_LOW_I16X8_U, I64X2_EXTEND_LOW_I32X4_U -> extend(op, false, Ir.ZEXT);
            case I16X8_EXTEND_HIGH_I8X16_U, I32X4_EXTEND_HIGH_I16X8_U, I64X2_EXTEND_HIGH_I32X4_U -> extend(op, true, Ir.ZEXT);
            case I16X8_EXTMUL_LOW_I8X16_S, I32X4_EXTMUL_LOW_I16X8_S, I64X2_EXTMUL_LOW_I32X4_S -> extendedProduct(op, false, Ir.SEXT);
            case I16X8_EXTMUL_HIGH_I8X16_S, I32X4_EXTMUL_HIGH_I16X8_S, I64X2_EXTMUL_HIGH_I32X4_S -> extendedProduct(op, true, Ir.SEXT);
            case I16X8_EXTMUL_LOW_I8X16_U, I32X4_EXTMUL_LOW_I16X8_U, I64X2_EXTMUL_LOW_I32X4_U -> extendedProduct(op, false, Ir.ZEXT);
            case I16X8_EXTMUL_HIGH_I8X16_U, I32X4_EXTMUL_HIGH_I16X8_U, I64X2_EXTMUL_HIGH_I32X4_U -> extendedProduct(op, true, Ir.ZEXT);
            case I16X8_EXTADD_PAIRWISE_I8X16_S, I32X4_EXTADD_PAIRWISE_I16X8_S -> v.push(pairwiseSum(v.pop(LaneShape.of(op)), LaneShape.of(op), true));
            case I16X8_EXTADD_PAIRWISE_I8X16_U, I32X4_EXTADD_PAIRWISE_I16X8_U -> v.push(pairwiseSum(v.pop(LaneShape.of(op)), LaneShape.of(op), false));
            case I16X8_Q15MULR_SAT_S, I16X8_RELAXED_Q15MULR_S -> roundedFractionProduct();
            case I32X4_DOT_I16X8_S -> dot16();
            case I16X8_RELAXED_DOT_I8X16_I7X16_S -> v.push(dot8());
            case I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S -> dot8AndAdd();
            default -> floats.lower(op);
        }
    }
    // spotless:on

    private void binary(Opcode op, int operator) {
        LaneShape shape = LaneShape.of(op);
        long right = v.pop(shape);
        v.push(ir.binary(operator, v.pop(shape), right));
    }

    private void binary(Opcode op, String intrinsic) {
        LaneShape shape = LaneShape.of(op);
        long right = v.pop(shape);
        v.push(ir.intrinsic(intrinsic, shape.type(ir), v.pop(shape), right));
    }

    /// Rounded up, without a wider type: half the bits that differ go missing.
    private void average(LaneShape shape) {
        long right = v.pop(shape);
        long left = v.pop(shape);
        long halves = ir.binary(Ir.LSHR, ir.xor(left, right), v.constant(shape, 1));
        v.push(ir.sub(ir.or(left, right), halves));
    }

    /// The least value stays itself: it is not poison.
    private void abs(LaneShape shape) {
        v.push(ir.intrinsic("llvm.abs", shape.type(ir), v.pop(shape), ir.i1(false)));
    }

    private void neg(LaneShape shape) {
        v.push(ir.sub(ir.zero(shape.type(ir)), v.pop(shape)));
    }

    /// The count is taken modulo the width: LLVM's shift by more is poison.
    private void shift(Opcode op, int operator) {
        LaneShape shape = LaneShape.of(op);
        long count = ir.and(f.pop(), ir.i32(shape.bits - 1));
        long lane = count;
        if (shape != LaneShape.I32X4) {
            lane = ir.cast(shape == LaneShape.I64X2 ? Ir.ZEXT : Ir.TRUNC, count, shape.lane(ir));
        }
        v.push(ir.binary(operator, v.pop(shape), v.splat(shape, lane)));
    }

    private void compare(Opcode op, int predicate) {
        LaneShape shape = LaneShape.of(op);
        long right = v.pop(shape);
        v.push(v.mask(ir.icmp(predicate, v.pop(shape), right), shape));
    }

    /// One bit a lane, as an integer.
    private long bits(long comparison, LaneShape shape) {
        return ir.bitcast(comparison, ir.integer(shape.lanes));
    }

    private void allTrue(LaneShape shape) {
        long zeros = ir.icmp(Ir.EQ, v.pop(shape), ir.zero(shape.type(ir)));
        f.stack.pushBit(ir.icmp(Ir.EQ, bits(zeros, shape), ir.zero(ir.integer(shape.lanes))));
    }

    private void bitmask(LaneShape shape) {
        long negative = ir.icmp(Ir.SLT, v.pop(shape), ir.zero(shape.type(ir)));
        f.push(ValType.I32, ir.cast(Ir.ZEXT, bits(negative, shape), ir.i32));
    }

    /// The operand's lanes are signed either way.
    ///
    /// @param shape of the result
    private void narrow(LaneShape shape, boolean isSigned) {
        LaneShape wide = shape.wider();
        long right = v.pop(wide);
        long both = v.joined(v.pop(wide), right, wide.lanes);
        long type = ir.typeOf(both);
        long limit = isSigned ? (1L << (shape.bits - 1)) - 1 : (1L << shape.bits) - 1;
        long least = isSigned ? -1 - limit : 0;
        both = ir.intrinsic("llvm.smin", type, both, wideConstant(wide, limit));
        both = ir.intrinsic("llvm.smax", type, both, wideConstant(wide, least));
        v.push(ir.cast(Ir.TRUNC, both, shape.type(ir)));
    }

    private long wideConstant(LaneShape shape, long value) {
        return ir.splatConstant(ir.constant(shape.lane(ir), value), 2 * shape.lanes);
    }

    /// Pops a vector: half its lanes, extended.
    private long popHalf(LaneShape shape, boolean isHigh, int extension) {
        LaneShape narrow = shape.narrower();
        return ir.cast(extension, v.half(v.pop(narrow), narrow, isHigh), shape.type(ir));
    }

    private void extend(Opcode op, boolean isHigh, int extension) {
        v.push(popHalf(LaneShape.of(op), isHigh, extension));
    }

    private void extendedProduct(Opcode op, boolean isHigh, int extension) {
        LaneShape shape = LaneShape.of(op);
        long right = popHalf(shape, isHigh, extension);
        v.push(ir.binary(Ir.MUL, popHalf(shape, isHigh, extension), right));
    }

    // Pairs of lanes, seen as one lane of twice the width.

    /// The lower one of each pair, extended.
    private long even(long pairs, LaneShape shape, boolean isSigned) {
        long half = v.constant(shape, shape.bits / 2);
        long upper = ir.binary(Ir.SHL, pairs, half);
        return ir.binary(isSigned ? Ir.ASHR : Ir.LSHR, upper, half);
    }

    /// The upper one of each pair, extended.
    private long odd(long pairs, LaneShape shape, boolean isSigned) {
        return ir.binary(isSigned ? Ir.ASHR : Ir.LSHR, pairs, v.constant(shape, shape.bits / 2));
    }

    private long pairwiseSum(long pairs, LaneShape shape, boolean isSigned) {
        return ir.add(even(pairs, shape, isSigned), odd(pairs, shape, isSigned));
    }

    private void dot16() {
        if (v.isX86) {
            long right = v.pop(LaneShape.I16X8);
            long left = v.pop(LaneShape.I16X8);
            v.push(ir.intrinsic("llvm.x86.sse2.pmadd.wd", new long[0], left, right));
            return;
        }
        long right = v.pop(LaneShape.I32X4);
        long left = v.pop(LaneShape.I32X4);
        v.push(ir.add(pairProduct(left, right, false), pairProduct(left, right, true)));
    }

    private long pairProduct(long left, long right, boolean isOdd) {
        LaneShape shape = LaneShape.I32X4;
        return isOdd
                ? ir.binary(Ir.MUL, odd(left, shape, true), odd(right, shape, true))
                : ir.binary(Ir.MUL, even(left, shape, true), even(right, shape, true));
    }

    /// Both operands signed, the sum of two products saturated.
    private long dot8() {
        LaneShape shape = LaneShape.I16X8;
        long right = v.pop(shape);
        long left = v.pop(shape);
        long even = ir.binary(Ir.MUL, even(left, shape, true), even(right, shape, true));
        long odd = ir.binary(Ir.MUL, odd(left, shape, true), odd(right, shape, true));
        return ir.intrinsic("llvm.sadd.sat", shape.type(ir), even, odd);
    }

    private void dot8AndAdd() {
        long addend = v.pop(LaneShape.I32X4);
        long pairs = ir.bitcast(dot8(), LaneShape.I32X4.type(ir));
        v.push(ir.add(pairwiseSum(pairs, LaneShape.I32X4, true), addend));
    }

    /// Of the machine's results only that of -1 times -1 differs on x86: it wraps to -1.
    private void roundedFractionProduct() {
        LaneShape shape = LaneShape.I16X8;
        long right = v.pop(shape);
        long left = v.pop(shape);
        if (!v.isX86) {
            v.push(ir.intrinsic("llvm.aarch64.neon.sqrdmulh", shape.type(ir), left, right));
            return;
        }
        long product = ir.intrinsic("llvm.x86.ssse3.pmul.hr.sw.128", new long[0], left, right);
        long wrapped = ir.icmp(Ir.EQ, product, v.constant(shape, Short.MIN_VALUE));
        v.push(ir.xor(product, v.mask(wrapped, shape)));
    }
}
