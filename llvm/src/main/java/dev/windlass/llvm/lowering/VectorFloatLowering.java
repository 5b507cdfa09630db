package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.Opcode;

/// Arithmetic, comparisons and conversions of float lanes.
final class VectorFloatLowering {
    private static final double TWO_31 = 0x1p31;
    private static final double TWO_32 = 0x1p32;

    /// Added to an unsigned integer of 32 bits, leaves it in the low bits of a double.
    private static final double TWO_52 = 0x1p52;

    private final Ir ir;
    private final Vectors v;

    VectorFloatLowering(FunctionLowering f, Vectors v) {
        this.ir = f.ir;
        this.v = v;
    }

    // spotless:off one operation, one line
    void lower(Opcode op) {
        switch (op) {
            case F32X4_ADD, F64X2_ADD -> binary(op, Ir.FADD);
            case F32X4_SUB, F64X2_SUB -> binary(op, Ir.FSUB);
            case F32X4_MUL, F64X2_MUL -> binary(op, Ir.FMUL);
            case F32X4_DIV, F64X2_DIV -> binary(op, Ir.FDIV);
            case F32X4_MIN, F64X2_MIN, F32X4_RELAXED_MIN, F64X2_RELAXED_MIN -> minimum(LaneShape.of(op));
            case F32X4_MAX, F64X2_MAX, F32X4_RELAXED_MAX, F64X2_RELAXED_MAX -> maximum(LaneShape.of(op));
            case F32X4_PMIN, F64X2_PMIN -> pseudoMinimum(LaneShape.of(op));
            case F32X4_PMAX, F64X2_PMAX -> pseudoMaximum(LaneShape.of(op));
            case F32X4_ABS, F64X2_ABS -> unary(op, "llvm.fabs");
            case F32X4_NEG, F64X2_NEG -> v.push(ir.fneg(v.pop(LaneShape.of(op))));
            case F32X4_SQRT, F64X2_SQRT -> unary(op, "llvm.sqrt");
            case F32X4_CEIL, F64X2_CEIL -> unary(op, "llvm.ceil");
            case F32X4_FLOOR, F64X2_FLOOR -> unary(op, "llvm.floor");
            case F32X4_TRUNC, F64X2_TRUNC -> unary(op, "llvm.trunc");
            case F32X4_NEAREST, F64X2_NEAREST -> unary(op, "llvm.roundeven");
            case F32X4_RELAXED_MADD, F64X2_RELAXED_MADD -> multiplyAdd(LaneShape.of(op), false);
            case F32X4_RELAXED_NMADD, F64X2_RELAXED_NMADD -> multiplyAdd(LaneShape.of(op), true);

            case F32X4_EQ, F64X2_EQ -> compare(op, Ir.OEQ);
            case F32X4_NE, F64X2_NE -> compare(op, Ir.UNE);
            case F32X4_LT, F64X2_LT -> compare(op, Ir.OLT);
            case F32X4_GT, F64X2_GT -> compare(op, Ir.OGT);
            case F32X4_LE, F64X2_LE -> compare(op, Ir.OLE);
            case F32X4_GE, F64X2_GE -> compare(op, Ir.OGE);

            case F32X4_CONVERT_I32X4_S -> v.push(ir.cast(Ir.SITOFP, v.pop(LaneShape.I32X4), LaneShape.F32X4.type(ir)));
            case F32X4_CONVERT_I32X4_U -> v.push(ir.cast(Ir.UITOFP, v.pop(LaneShape.I32X4), LaneShape.F32X4.type(ir)));
            case F64X2_CONVERT_LOW_I32X4_S -> v.push(ir.cast(Ir.SITOFP, popLow(LaneShape.I32X4), LaneShape.F64X2.type(ir)));
            case F64X2_CONVERT_LOW_I32X4_U -> v.push(ir.cast(Ir.UITOFP, popLow(LaneShape.I32X4), LaneShape.F64X2.type(ir)));
            case F64X2_PROMOTE_LOW_F32X4 -> v.push(ir.cast(Ir.FPEXT, popLow(LaneShape.F32X4), LaneShape.F64X2.type(ir)));
            case F32X4_DEMOTE_F64X2_ZERO -> demote();
            case I32X4_TRUNC_SAT_F32X4_S, I32X4_RELAXED_TRUNC_F32X4_S -> truncFloats("llvm.fptosi.sat");
            case I32X4_TRUNC_SAT_F32X4_U, I32X4_RELAXED_TRUNC_F32X4_U -> truncFloats("llvm.fptoui.sat");
            case I32X4_TRUNC_SAT_F64X2_S_ZERO, I32X4_RELAXED_TRUNC_F64X2_S_ZERO -> truncDoubles("llvm.fptosi.sat");
            case I32X4_TRUNC_SAT_F64X2_U_ZERO, I32X4_RELAXED_TRUNC_F64X2_U_ZERO -> truncDoubles("llvm.fptoui.sat");
            default -> throw new AssertionError(op);
        }
    }
    // spotless:on

    private void binary(Opcode op, int operator) {
        LaneShape shape = LaneShape.of(op);
        long right = FloatRules.opaque(ir, v.pop(shape));
        long left = FloatRules.opaque(ir, v.pop(shape));
        v.push(ir.binary(operator, left, right));
    }

    private void unary(Opcode op, String intrinsic) {
        LaneShape shape = LaneShape.of(op);
        v.push(ir.intrinsic(intrinsic, shape.type(ir), v.pop(shape)));
    }

    /// Guests select by such masks, and LLVM would see by what: see
    /// [dev.windlass.llvm.binding.TargetMachine#run].
    private void compare(Opcode op, int predicate) {
        LaneShape shape = LaneShape.of(op);
        long right = v.pop(shape);
        long hidden = ir.hasHints() ? ir.hidden(right) : right;
        v.push(v.mask(ir.fcmp(predicate, v.pop(shape), hidden), shape));
    }

    private void minimum(LaneShape shape) {
        long right = v.pop(shape);
        v.push(FloatRules.minimum(ir, shape.integers().type(ir), v.pop(shape), right));
    }

    private void maximum(LaneShape shape) {
        long right = v.pop(shape);
        v.push(FloatRules.maximum(ir, shape.integers().type(ir), v.pop(shape), right));
    }

    /// One of the operands, bit for bit.
    private void pseudoMinimum(LaneShape shape) {
        long right = v.pop(shape);
        long left = v.pop(shape);
        v.push(ir.select(ir.fcmp(Ir.OGT, left, right), right, left));
    }

    private void pseudoMaximum(LaneShape shape) {
        long right = v.pop(shape);
        long left = v.pop(shape);
        v.push(ir.select(ir.fcmp(Ir.OLT, left, right), right, left));
    }

    /// Two roundings.
    private void multiplyAdd(LaneShape shape, boolean isNegated) {
        long addend = FloatRules.opaque(ir, v.pop(shape));
        long right = FloatRules.opaque(ir, v.pop(shape));
        long left = FloatRules.opaque(ir, v.pop(shape));
        long product = ir.binary(Ir.FMUL, isNegated ? ir.fneg(left) : left, right);
        v.push(ir.binary(Ir.FADD, product, addend));
    }

    private long popLow(LaneShape shape) {
        return v.half(v.pop(shape), shape, false);
    }

    /// LLVM takes a demoted promotion for the value itself, which keeps a signalling NaN.
    private void demote() {
        long wide = ir.hidden(v.pop(LaneShape.F64X2));
        long narrow = ir.cast(Ir.FPTRUNC, wide, ir.vector(ir.f32, 2));
        v.push(v.joined(narrow, ir.zero(ir.typeOf(narrow)), 2));
    }

    // Saturating conversions to integers. LLVM's intrinsics take lane by lane apart on x86, whose
    // conversion gives the least integer for all that it cannot convert.

    private void truncFloats(String intrinsic) {
        long x = v.pop(LaneShape.F32X4);
        boolean isSigned = intrinsic.equals("llvm.fptosi.sat");
        if (v.isX86) {
            v.push(isSigned ? truncSigned(x) : truncUnsigned(x));
        } else {
            long[] types = {LaneShape.I32X4.type(ir), LaneShape.F32X4.type(ir)};
            v.push(ir.intrinsic(intrinsic, types, x));
        }
    }

    private void truncDoubles(String intrinsic) {
        long x = v.pop(LaneShape.F64X2);
        boolean isSigned = intrinsic.equals("llvm.fptosi.sat");
        if (v.isX86) {
            v.push(isSigned ? truncSignedDoubles(x) : truncUnsignedDoubles(x));
        } else {
            long[] types = {ir.vector(ir.i32, 2), LaneShape.F64X2.type(ir)};
            long narrow = ir.intrinsic(intrinsic, types, x);
            v.push(v.joined(narrow, ir.zero(ir.typeOf(narrow)), 2));
        }
    }

    private long converted(long x) {
        return ir.intrinsic("llvm.x86.sse2.cvttps2dq", new long[0], x);
    }

    /// All ones in the integers of 32 bits where a comparison with a constant holds.
    private long where(long x, int predicate, double constant) {
        return v.mask(
                ir.fcmp(predicate, x, v.constant(LaneShape.F32X4, constant)), LaneShape.I32X4);
    }

    /// Too large: the least integer inverted; NaN: zero.
    private long truncSigned(long x) {
        long saturated = ir.xor(converted(x), where(x, Ir.OGE, TWO_31));
        return ir.and(saturated, v.mask(ir.fcmp(Ir.ORD, x, x), LaneShape.I32X4));
    }

    /// From 2^31 on the first conversion gives 2^31, and the second the rest.
    private long truncUnsigned(long x) {
        LaneShape floats = LaneShape.F32X4;
        long positive =
                ir.select(
                        ir.fcmp(Ir.OGT, x, ir.zero(floats.type(ir))), x, ir.zero(floats.type(ir)));
        long low = converted(positive);
        long rest = converted(ir.binary(Ir.FSUB, positive, v.constant(floats, TWO_31)));
        long isLarge = ir.binary(Ir.ASHR, low, v.constant(LaneShape.I32X4, 31));
        long joined = ir.or(low, ir.and(rest, isLarge));
        return ir.or(joined, where(x, Ir.OGE, TWO_32));
    }

    /// Doubles hold every limit, so they are brought inside first.
    private long truncSignedDoubles(long x) {
        long zero = ir.zero(LaneShape.F64X2.type(ir));
        long ordered = ir.select(ir.fcmp(Ir.ORD, x, x), x, zero);
        return ir.intrinsic("llvm.x86.sse2.cvttpd2dq", new long[0], atMost(ordered, TWO_31 - 1));
    }

    private long truncUnsignedDoubles(long x) {
        LaneShape doubles = LaneShape.F64X2;
        long zero = ir.zero(doubles.type(ir));
        long positive = ir.select(ir.fcmp(Ir.OGT, x, zero), x, zero);
        long whole = ir.intrinsic("llvm.trunc", doubles.type(ir), atMost(positive, TWO_32 - 1));
        long placed = ir.binary(Ir.FADD, whole, v.constant(doubles, TWO_52));
        long words = ir.bitcast(placed, LaneShape.I32X4.type(ir));
        return ir.shuffle(words, ir.zero(LaneShape.I32X4.type(ir)), 0, 2, 4, 5);
    }

    private long atMost(long x, double limit) {
        long limits = v.constant(LaneShape.F64X2, limit);
        return ir.select(ir.fcmp(Ir.OLT, x, limits), x, limits);
    }
}
