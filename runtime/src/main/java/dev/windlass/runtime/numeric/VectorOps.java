package dev.windlass.runtime.numeric;

import dev.windlass.wasm.Opcode;

/// The vector instructions by opcode. An operation works on vectors in memory, two slots each, the
/// low half first: `x`, `y`, `z` are the operands' addresses, `d` the result's, which may be an
/// operand's. Memory accesses get the address in the host's memory, checked by the caller.
///
/// Each method is a switch that makes its function objects on demand, so that a program links only
/// the operations it uses. A relaxed instruction stands beside the strict one it equals; see the
/// decision "What do relaxed vector instructions return?".
///
/// Not here: `v128.const`, `i8x16.shuffle` ([#shuffle]) and `v128.store` ([#copy]).
public final class VectorOps {
    private VectorOps() {}

    /// An operation of one operand.
    public interface Unary {
        void apply(long x, long d);
    }

    /// An operation of two operands.
    public interface Binary {
        void apply(long x, long y, long d);
    }

    /// An operation of three operands.
    public interface Ternary {
        void apply(long x, long y, long z, long d);
    }

    /// An operation of a shift. The count is taken modulo the lane's width.
    public interface Shift {
        void apply(long x, int count, long d);
    }

    /// An operation of a test, which gives an i32.
    public interface Test {
        int apply(long x);
    }

    /// An operation that fills a vector with one value. The value is a slot: an integer, or a float's bits.
    public interface Splat {
        void apply(long value, long d);
    }

    /// An operation that takes a lane out. The result is a slot: an i32 sign-extended, or a float's bits sign-extended.
    public interface Extract {
        long apply(long x, int lane);
    }

    /// An operation that replaces a lane. The value is a slot: an integer, or a float's bits.
    public interface Replace {
        void apply(long x, int lane, long value, long d);
    }

    /// An operation of a load, of any width but a lane.
    public interface Load {
        void apply(long address, long d);
    }

    /// An operation of a load into a lane.
    public interface LoadLane {
        void apply(long address, long x, int lane, long d);
    }

    /// An operation of a store from a lane.
    public interface StoreLane {
        void apply(long address, long x, int lane);
    }

    /// Copies a vector: also `v128.load` and `v128.store`.
    public static void copy(long x, long d) {
        V128.copy(x, d);
    }

    /// `i8x16.shuffle` with the instruction's sixteen lanes.
    public static void shuffle(long x, long y, long lanesLow, long lanesHigh, long d) {
        V128.shuffle(x, y, lanesLow, lanesHigh, d);
    }

    // spotless:off one operation, one line
    /// The operation of one operand.
    public static Unary unary(Opcode opcode) {
        return switch (opcode) {
            case V128_NOT -> V128::not;
            case F32X4_DEMOTE_F64X2_ZERO -> F32x4::demoteF64x2Zero;
            case F64X2_PROMOTE_LOW_F32X4 -> F64x2::promoteLowF32x4;
            case I8X16_ABS -> I8x16::abs;
            case I8X16_NEG -> I8x16::neg;
            case I8X16_POPCNT -> I8x16::popcnt;
            case F32X4_CEIL -> F32x4::ceil;
            case F32X4_FLOOR -> F32x4::floor;
            case F32X4_TRUNC -> F32x4::trunc;
            case F32X4_NEAREST -> F32x4::nearest;
            case F64X2_CEIL -> F64x2::ceil;
            case F64X2_FLOOR -> F64x2::floor;
            case F64X2_TRUNC -> F64x2::trunc;
            case I16X8_EXTADD_PAIRWISE_I8X16_S -> I16x8::extaddPairwiseI8x16S;
            case I16X8_EXTADD_PAIRWISE_I8X16_U -> I16x8::extaddPairwiseI8x16U;
            case I32X4_EXTADD_PAIRWISE_I16X8_S -> I32x4::extaddPairwiseI16x8S;
            case I32X4_EXTADD_PAIRWISE_I16X8_U -> I32x4::extaddPairwiseI16x8U;
            case I16X8_ABS -> I16x8::abs;
            case I16X8_NEG -> I16x8::neg;
            case I16X8_EXTEND_LOW_I8X16_S -> I16x8::extendLowI8x16S;
            case I16X8_EXTEND_HIGH_I8X16_S -> I16x8::extendHighI8x16S;
            case I16X8_EXTEND_LOW_I8X16_U -> I16x8::extendLowI8x16U;
            case I16X8_EXTEND_HIGH_I8X16_U -> I16x8::extendHighI8x16U;
            case F64X2_NEAREST -> F64x2::nearest;
            case I32X4_ABS -> I32x4::abs;
            case I32X4_NEG -> I32x4::neg;
            case I32X4_EXTEND_LOW_I16X8_S -> I32x4::extendLowI16x8S;
            case I32X4_EXTEND_HIGH_I16X8_S -> I32x4::extendHighI16x8S;
            case I32X4_EXTEND_LOW_I16X8_U -> I32x4::extendLowI16x8U;
            case I32X4_EXTEND_HIGH_I16X8_U -> I32x4::extendHighI16x8U;
            case I64X2_ABS -> I64x2::abs;
            case I64X2_NEG -> I64x2::neg;
            case I64X2_EXTEND_LOW_I32X4_S -> I64x2::extendLowI32x4S;
            case I64X2_EXTEND_HIGH_I32X4_S -> I64x2::extendHighI32x4S;
            case I64X2_EXTEND_LOW_I32X4_U -> I64x2::extendLowI32x4U;
            case I64X2_EXTEND_HIGH_I32X4_U -> I64x2::extendHighI32x4U;
            case F32X4_ABS -> F32x4::abs;
            case F32X4_NEG -> F32x4::neg;
            case F32X4_SQRT -> F32x4::sqrt;
            case F64X2_ABS -> F64x2::abs;
            case F64X2_NEG -> F64x2::neg;
            case F64X2_SQRT -> F64x2::sqrt;
            case I32X4_TRUNC_SAT_F32X4_S, I32X4_RELAXED_TRUNC_F32X4_S -> I32x4::truncSatF32x4S;
            case I32X4_TRUNC_SAT_F32X4_U, I32X4_RELAXED_TRUNC_F32X4_U -> I32x4::truncSatF32x4U;
            case F32X4_CONVERT_I32X4_S -> F32x4::convertI32x4S;
            case F32X4_CONVERT_I32X4_U -> F32x4::convertI32x4U;
            case I32X4_TRUNC_SAT_F64X2_S_ZERO, I32X4_RELAXED_TRUNC_F64X2_S_ZERO -> I32x4::truncSatF64x2SZero;
            case I32X4_TRUNC_SAT_F64X2_U_ZERO, I32X4_RELAXED_TRUNC_F64X2_U_ZERO -> I32x4::truncSatF64x2UZero;
            case F64X2_CONVERT_LOW_I32X4_S -> F64x2::convertLowI32x4S;
            case F64X2_CONVERT_LOW_I32X4_U -> F64x2::convertLowI32x4U;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of two operands.
    public static Binary binary(Opcode opcode) {
        return switch (opcode) {
            case I8X16_SWIZZLE, I8X16_RELAXED_SWIZZLE -> I8x16::swizzle;
            case I8X16_EQ -> I8x16::eq;
            case I8X16_NE -> I8x16::ne;
            case I8X16_LT_S -> I8x16::ltS;
            case I8X16_LT_U -> I8x16::ltU;
            case I8X16_GT_S -> I8x16::gtS;
            case I8X16_GT_U -> I8x16::gtU;
            case I8X16_LE_S -> I8x16::leS;
            case I8X16_LE_U -> I8x16::leU;
            case I8X16_GE_S -> I8x16::geS;
            case I8X16_GE_U -> I8x16::geU;
            case I16X8_EQ -> I16x8::eq;
            case I16X8_NE -> I16x8::ne;
            case I16X8_LT_S -> I16x8::ltS;
            case I16X8_LT_U -> I16x8::ltU;
            case I16X8_GT_S -> I16x8::gtS;
            case I16X8_GT_U -> I16x8::gtU;
            case I16X8_LE_S -> I16x8::leS;
            case I16X8_LE_U -> I16x8::leU;
            case I16X8_GE_S -> I16x8::geS;
            case I16X8_GE_U -> I16x8::geU;
            case I32X4_EQ -> I32x4::eq;
            case I32X4_NE -> I32x4::ne;
            case I32X4_LT_S -> I32x4::ltS;
            case I32X4_LT_U -> I32x4::ltU;
            case I32X4_GT_S -> I32x4::gtS;
            case I32X4_GT_U -> I32x4::gtU;
            case I32X4_LE_S -> I32x4::leS;
            case I32X4_LE_U -> I32x4::leU;
            case I32X4_GE_S -> I32x4::geS;
            case I32X4_GE_U -> I32x4::geU;
            case F32X4_EQ -> F32x4::eq;
            case F32X4_NE -> F32x4::ne;
            case F32X4_LT -> F32x4::lt;
            case F32X4_GT -> F32x4::gt;
            case F32X4_LE -> F32x4::le;
            case F32X4_GE -> F32x4::ge;
            case F64X2_EQ -> F64x2::eq;
            case F64X2_NE -> F64x2::ne;
            case F64X2_LT -> F64x2::lt;
            case F64X2_GT -> F64x2::gt;
            case F64X2_LE -> F64x2::le;
            case F64X2_GE -> F64x2::ge;
            case V128_AND -> V128::and;
            case V128_ANDNOT -> V128::andnot;
            case V128_OR -> V128::or;
            case V128_XOR -> V128::xor;
            case I8X16_NARROW_I16X8_S -> I8x16::narrowI16x8S;
            case I8X16_NARROW_I16X8_U -> I8x16::narrowI16x8U;
            case I8X16_ADD -> I8x16::add;
            case I8X16_ADD_SAT_S -> I8x16::addSatS;
            case I8X16_ADD_SAT_U -> I8x16::addSatU;
            case I8X16_SUB -> I8x16::sub;
            case I8X16_SUB_SAT_S -> I8x16::subSatS;
            case I8X16_SUB_SAT_U -> I8x16::subSatU;
            case I8X16_MIN_S -> I8x16::minS;
            case I8X16_MIN_U -> I8x16::minU;
            case I8X16_MAX_S -> I8x16::maxS;
            case I8X16_MAX_U -> I8x16::maxU;
            case I8X16_AVGR_U -> I8x16::avgrU;
            case I16X8_Q15MULR_SAT_S, I16X8_RELAXED_Q15MULR_S -> I16x8::q15mulrSatS;
            case I16X8_NARROW_I32X4_S -> I16x8::narrowI32x4S;
            case I16X8_NARROW_I32X4_U -> I16x8::narrowI32x4U;
            case I16X8_ADD -> I16x8::add;
            case I16X8_ADD_SAT_S -> I16x8::addSatS;
            case I16X8_ADD_SAT_U -> I16x8::addSatU;
            case I16X8_SUB -> I16x8::sub;
            case I16X8_SUB_SAT_S -> I16x8::subSatS;
            case I16X8_SUB_SAT_U -> I16x8::subSatU;
            case I16X8_MUL -> I16x8::mul;
            case I16X8_MIN_S -> I16x8::minS;
            case I16X8_MIN_U -> I16x8::minU;
            case I16X8_MAX_S -> I16x8::maxS;
            case I16X8_MAX_U -> I16x8::maxU;
            case I16X8_AVGR_U -> I16x8::avgrU;
            case I16X8_EXTMUL_LOW_I8X16_S -> I16x8::extmulLowI8x16S;
            case I16X8_EXTMUL_HIGH_I8X16_S -> I16x8::extmulHighI8x16S;
            case I16X8_EXTMUL_LOW_I8X16_U -> I16x8::extmulLowI8x16U;
            case I16X8_EXTMUL_HIGH_I8X16_U -> I16x8::extmulHighI8x16U;
            case I32X4_ADD -> I32x4::add;
            case I32X4_SUB -> I32x4::sub;
            case I32X4_MUL -> I32x4::mul;
            case I32X4_MIN_S -> I32x4::minS;
            case I32X4_MIN_U -> I32x4::minU;
            case I32X4_MAX_S -> I32x4::maxS;
            case I32X4_MAX_U -> I32x4::maxU;
            case I32X4_DOT_I16X8_S -> I32x4::dotI16x8S;
            case I32X4_EXTMUL_LOW_I16X8_S -> I32x4::extmulLowI16x8S;
            case I32X4_EXTMUL_HIGH_I16X8_S -> I32x4::extmulHighI16x8S;
            case I32X4_EXTMUL_LOW_I16X8_U -> I32x4::extmulLowI16x8U;
            case I32X4_EXTMUL_HIGH_I16X8_U -> I32x4::extmulHighI16x8U;
            case I64X2_ADD -> I64x2::add;
            case I64X2_SUB -> I64x2::sub;
            case I64X2_MUL -> I64x2::mul;
            case I64X2_EQ -> I64x2::eq;
            case I64X2_NE -> I64x2::ne;
            case I64X2_LT_S -> I64x2::ltS;
            case I64X2_GT_S -> I64x2::gtS;
            case I64X2_LE_S -> I64x2::leS;
            case I64X2_GE_S -> I64x2::geS;
            case I64X2_EXTMUL_LOW_I32X4_S -> I64x2::extmulLowI32x4S;
            case I64X2_EXTMUL_HIGH_I32X4_S -> I64x2::extmulHighI32x4S;
            case I64X2_EXTMUL_LOW_I32X4_U -> I64x2::extmulLowI32x4U;
            case I64X2_EXTMUL_HIGH_I32X4_U -> I64x2::extmulHighI32x4U;
            case F32X4_ADD -> F32x4::add;
            case F32X4_SUB -> F32x4::sub;
            case F32X4_MUL -> F32x4::mul;
            case F32X4_DIV -> F32x4::div;
            case F32X4_MIN, F32X4_RELAXED_MIN -> F32x4::min;
            case F32X4_MAX, F32X4_RELAXED_MAX -> F32x4::max;
            case F32X4_PMIN -> F32x4::pmin;
            case F32X4_PMAX -> F32x4::pmax;
            case F64X2_ADD -> F64x2::add;
            case F64X2_SUB -> F64x2::sub;
            case F64X2_MUL -> F64x2::mul;
            case F64X2_DIV -> F64x2::div;
            case F64X2_MIN, F64X2_RELAXED_MIN -> F64x2::min;
            case F64X2_MAX, F64X2_RELAXED_MAX -> F64x2::max;
            case F64X2_PMIN -> F64x2::pmin;
            case F64X2_PMAX -> F64x2::pmax;
            case I16X8_RELAXED_DOT_I8X16_I7X16_S -> I16x8::relaxedDotI8x16I7x16S;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of three operands.
    public static Ternary ternary(Opcode opcode) {
        return switch (opcode) {
            case V128_BITSELECT, I8X16_RELAXED_LANESELECT, I16X8_RELAXED_LANESELECT, I32X4_RELAXED_LANESELECT, I64X2_RELAXED_LANESELECT -> V128::bitselect;
            case F32X4_RELAXED_MADD -> F32x4::relaxedMadd;
            case F32X4_RELAXED_NMADD -> F32x4::relaxedNmadd;
            case F64X2_RELAXED_MADD -> F64x2::relaxedMadd;
            case F64X2_RELAXED_NMADD -> F64x2::relaxedNmadd;
            case I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S -> I32x4::relaxedDotI8x16I7x16AddS;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of a shift.
    public static Shift shift(Opcode opcode) {
        return switch (opcode) {
            case I8X16_SHL -> I8x16::shl;
            case I8X16_SHR_S -> I8x16::shrS;
            case I8X16_SHR_U -> I8x16::shrU;
            case I16X8_SHL -> I16x8::shl;
            case I16X8_SHR_S -> I16x8::shrS;
            case I16X8_SHR_U -> I16x8::shrU;
            case I32X4_SHL -> I32x4::shl;
            case I32X4_SHR_S -> I32x4::shrS;
            case I32X4_SHR_U -> I32x4::shrU;
            case I64X2_SHL -> I64x2::shl;
            case I64X2_SHR_S -> I64x2::shrS;
            case I64X2_SHR_U -> I64x2::shrU;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of a test, which gives an i32.
    public static Test test(Opcode opcode) {
        return switch (opcode) {
            case V128_ANY_TRUE -> V128::anyTrue;
            case I8X16_ALL_TRUE -> I8x16::allTrue;
            case I8X16_BITMASK -> I8x16::bitmask;
            case I16X8_ALL_TRUE -> I16x8::allTrue;
            case I16X8_BITMASK -> I16x8::bitmask;
            case I32X4_ALL_TRUE -> I32x4::allTrue;
            case I32X4_BITMASK -> I32x4::bitmask;
            case I64X2_ALL_TRUE -> I64x2::allTrue;
            case I64X2_BITMASK -> I64x2::bitmask;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation that fills a vector with one value.
    public static Splat splat(Opcode opcode) {
        return switch (opcode) {
            case I8X16_SPLAT -> I8x16::splat;
            case I16X8_SPLAT -> I16x8::splat;
            case I32X4_SPLAT, F32X4_SPLAT -> I32x4::splat;
            case I64X2_SPLAT, F64X2_SPLAT -> I64x2::splat;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation that takes a lane out.
    public static Extract extract(Opcode opcode) {
        return switch (opcode) {
            case I8X16_EXTRACT_LANE_S -> I8x16::extractLaneS;
            case I8X16_EXTRACT_LANE_U -> I8x16::extractLaneU;
            case I16X8_EXTRACT_LANE_S -> I16x8::extractLaneS;
            case I16X8_EXTRACT_LANE_U -> I16x8::extractLaneU;
            case I32X4_EXTRACT_LANE, F32X4_EXTRACT_LANE -> I32x4::extractLane;
            case I64X2_EXTRACT_LANE, F64X2_EXTRACT_LANE -> I64x2::extractLane;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation that replaces a lane.
    public static Replace replace(Opcode opcode) {
        return switch (opcode) {
            case I8X16_REPLACE_LANE -> I8x16::replaceLane;
            case I16X8_REPLACE_LANE -> I16x8::replaceLane;
            case I32X4_REPLACE_LANE, F32X4_REPLACE_LANE -> I32x4::replaceLane;
            case I64X2_REPLACE_LANE, F64X2_REPLACE_LANE -> I64x2::replaceLane;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of a load, of any width but a lane.
    public static Load load(Opcode opcode) {
        return switch (opcode) {
            case V128_LOAD -> V128::copy;
            case V128_LOAD8X8_S -> V128::load8x8S;
            case V128_LOAD8X8_U -> V128::load8x8U;
            case V128_LOAD16X4_S -> V128::load16x4S;
            case V128_LOAD16X4_U -> V128::load16x4U;
            case V128_LOAD32X2_S -> V128::load32x2S;
            case V128_LOAD32X2_U -> V128::load32x2U;
            case V128_LOAD8_SPLAT -> V128::load8Splat;
            case V128_LOAD16_SPLAT -> V128::load16Splat;
            case V128_LOAD32_SPLAT -> V128::load32Splat;
            case V128_LOAD64_SPLAT -> V128::load64Splat;
            case V128_LOAD32_ZERO -> V128::load32Zero;
            case V128_LOAD64_ZERO -> V128::load64Zero;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of a load into a lane.
    public static LoadLane loadLane(Opcode opcode) {
        return switch (opcode) {
            case V128_LOAD8_LANE -> V128::load8Lane;
            case V128_LOAD16_LANE -> V128::load16Lane;
            case V128_LOAD32_LANE -> V128::load32Lane;
            case V128_LOAD64_LANE -> V128::load64Lane;
            default -> throw new AssertionError(opcode);
        };
    }

    /// The operation of a store from a lane.
    public static StoreLane storeLane(Opcode opcode) {
        return switch (opcode) {
            case V128_STORE8_LANE -> V128::store8Lane;
            case V128_STORE16_LANE -> V128::store16Lane;
            case V128_STORE32_LANE -> V128::store32Lane;
            case V128_STORE64_LANE -> V128::store64Lane;
            default -> throw new AssertionError(opcode);
        };
    }
    // spotless:on
}
