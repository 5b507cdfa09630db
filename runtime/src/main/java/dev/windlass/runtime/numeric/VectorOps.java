package dev.windlass.runtime.numeric;

import dev.windlass.wasm.Opcode;

/// The vector instructions by opcode. An operation works on vectors in memory, two slots each, the
/// low half first: `x`, `y`, `z` are the operands' addresses, `d` the result's, which may be an
/// operand's. Memory accesses get the address in the host's memory, checked by the caller.
///
/// Plain switches: function objects by opcode ran no faster and cost 0.7 ms of start-up each. A
/// relaxed instruction stands beside the strict one it equals; see the decision "What do relaxed
/// vector instructions return?".
///
/// Not here: `v128.const`, `i8x16.shuffle` ([#shuffle]) and `v128.store` ([#copy]).
public final class VectorOps {
    private VectorOps() {}

    /// Copies a vector: also `v128.load` and `v128.store`.
    public static void copy(long x, long d) {
        V128.copy(x, d);
    }

    /// `i8x16.shuffle` with the instruction's sixteen lanes.
    public static void shuffle(long x, long y, long lanesLow, long lanesHigh, long d) {
        V128.shuffle(x, y, lanesLow, lanesHigh, d);
    }

    // spotless:off one operation, one line
    /// An operation of one operand.
    public static void unary(Opcode opcode, long x, long d) {
        switch (opcode) {
            case V128_NOT -> V128.not(x, d);
            case F32X4_DEMOTE_F64X2_ZERO -> F32x4.demoteF64x2Zero(x, d);
            case F64X2_PROMOTE_LOW_F32X4 -> F64x2.promoteLowF32x4(x, d);
            case I8X16_ABS -> I8x16.abs(x, d);
            case I8X16_NEG -> I8x16.neg(x, d);
            case I8X16_POPCNT -> I8x16.popcnt(x, d);
            case F32X4_CEIL -> F32x4.ceil(x, d);
            case F32X4_FLOOR -> F32x4.floor(x, d);
            case F32X4_TRUNC -> F32x4.trunc(x, d);
            case F32X4_NEAREST -> F32x4.nearest(x, d);
            case F64X2_CEIL -> F64x2.ceil(x, d);
            case F64X2_FLOOR -> F64x2.floor(x, d);
            case F64X2_TRUNC -> F64x2.trunc(x, d);
            case I16X8_EXTADD_PAIRWISE_I8X16_S -> I16x8.extaddPairwiseI8x16S(x, d);
            case I16X8_EXTADD_PAIRWISE_I8X16_U -> I16x8.extaddPairwiseI8x16U(x, d);
            case I32X4_EXTADD_PAIRWISE_I16X8_S -> I32x4.extaddPairwiseI16x8S(x, d);
            case I32X4_EXTADD_PAIRWISE_I16X8_U -> I32x4.extaddPairwiseI16x8U(x, d);
            case I16X8_ABS -> I16x8.abs(x, d);
            case I16X8_NEG -> I16x8.neg(x, d);
            case I16X8_EXTEND_LOW_I8X16_S -> I16x8.extendLowI8x16S(x, d);
            case I16X8_EXTEND_HIGH_I8X16_S -> I16x8.extendHighI8x16S(x, d);
            case I16X8_EXTEND_LOW_I8X16_U -> I16x8.extendLowI8x16U(x, d);
            case I16X8_EXTEND_HIGH_I8X16_U -> I16x8.extendHighI8x16U(x, d);
            case F64X2_NEAREST -> F64x2.nearest(x, d);
            case I32X4_ABS -> I32x4.abs(x, d);
            case I32X4_NEG -> I32x4.neg(x, d);
            case I32X4_EXTEND_LOW_I16X8_S -> I32x4.extendLowI16x8S(x, d);
            case I32X4_EXTEND_HIGH_I16X8_S -> I32x4.extendHighI16x8S(x, d);
            case I32X4_EXTEND_LOW_I16X8_U -> I32x4.extendLowI16x8U(x, d);
            case I32X4_EXTEND_HIGH_I16X8_U -> I32x4.extendHighI16x8U(x, d);
            case I64X2_ABS -> I64x2.abs(x, d);
            case I64X2_NEG -> I64x2.neg(x, d);
            case I64X2_EXTEND_LOW_I32X4_S -> I64x2.extendLowI32x4S(x, d);
            case I64X2_EXTEND_HIGH_I32X4_S -> I64x2.extendHighI32x4S(x, d);
            case I64X2_EXTEND_LOW_I32X4_U -> I64x2.extendLowI32x4U(x, d);
            case I64X2_EXTEND_HIGH_I32X4_U -> I64x2.extendHighI32x4U(x, d);
            case F32X4_ABS -> F32x4.abs(x, d);
            case F32X4_NEG -> F32x4.neg(x, d);
            case F32X4_SQRT -> F32x4.sqrt(x, d);
            case F64X2_ABS -> F64x2.abs(x, d);
            case F64X2_NEG -> F64x2.neg(x, d);
            case F64X2_SQRT -> F64x2.sqrt(x, d);
            case I32X4_TRUNC_SAT_F32X4_S, I32X4_RELAXED_TRUNC_F32X4_S -> I32x4.truncSatF32x4S(x, d);
            case I32X4_TRUNC_SAT_F32X4_U, I32X4_RELAXED_TRUNC_F32X4_U -> I32x4.truncSatF32x4U(x, d);
            case F32X4_CONVERT_I32X4_S -> F32x4.convertI32x4S(x, d);
            case F32X4_CONVERT_I32X4_U -> F32x4.convertI32x4U(x, d);
            case I32X4_TRUNC_SAT_F64X2_S_ZERO, I32X4_RELAXED_TRUNC_F64X2_S_ZERO -> I32x4.truncSatF64x2SZero(x, d);
            case I32X4_TRUNC_SAT_F64X2_U_ZERO, I32X4_RELAXED_TRUNC_F64X2_U_ZERO -> I32x4.truncSatF64x2UZero(x, d);
            case F64X2_CONVERT_LOW_I32X4_S -> F64x2.convertLowI32x4S(x, d);
            case F64X2_CONVERT_LOW_I32X4_U -> F64x2.convertLowI32x4U(x, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation of two operands.
    public static void binary(Opcode opcode, long x, long y, long d) {
        switch (opcode) {
            case I8X16_SWIZZLE, I8X16_RELAXED_SWIZZLE -> I8x16.swizzle(x, y, d);
            case I8X16_EQ -> I8x16.eq(x, y, d);
            case I8X16_NE -> I8x16.ne(x, y, d);
            case I8X16_LT_S -> I8x16.ltS(x, y, d);
            case I8X16_LT_U -> I8x16.ltU(x, y, d);
            case I8X16_GT_S -> I8x16.gtS(x, y, d);
            case I8X16_GT_U -> I8x16.gtU(x, y, d);
            case I8X16_LE_S -> I8x16.leS(x, y, d);
            case I8X16_LE_U -> I8x16.leU(x, y, d);
            case I8X16_GE_S -> I8x16.geS(x, y, d);
            case I8X16_GE_U -> I8x16.geU(x, y, d);
            case I16X8_EQ -> I16x8.eq(x, y, d);
            case I16X8_NE -> I16x8.ne(x, y, d);
            case I16X8_LT_S -> I16x8.ltS(x, y, d);
            case I16X8_LT_U -> I16x8.ltU(x, y, d);
            case I16X8_GT_S -> I16x8.gtS(x, y, d);
            case I16X8_GT_U -> I16x8.gtU(x, y, d);
            case I16X8_LE_S -> I16x8.leS(x, y, d);
            case I16X8_LE_U -> I16x8.leU(x, y, d);
            case I16X8_GE_S -> I16x8.geS(x, y, d);
            case I16X8_GE_U -> I16x8.geU(x, y, d);
            case I32X4_EQ -> I32x4.eq(x, y, d);
            case I32X4_NE -> I32x4.ne(x, y, d);
            case I32X4_LT_S -> I32x4.ltS(x, y, d);
            case I32X4_LT_U -> I32x4.ltU(x, y, d);
            case I32X4_GT_S -> I32x4.gtS(x, y, d);
            case I32X4_GT_U -> I32x4.gtU(x, y, d);
            case I32X4_LE_S -> I32x4.leS(x, y, d);
            case I32X4_LE_U -> I32x4.leU(x, y, d);
            case I32X4_GE_S -> I32x4.geS(x, y, d);
            case I32X4_GE_U -> I32x4.geU(x, y, d);
            case F32X4_EQ -> F32x4.eq(x, y, d);
            case F32X4_NE -> F32x4.ne(x, y, d);
            case F32X4_LT -> F32x4.lt(x, y, d);
            case F32X4_GT -> F32x4.gt(x, y, d);
            case F32X4_LE -> F32x4.le(x, y, d);
            case F32X4_GE -> F32x4.ge(x, y, d);
            case F64X2_EQ -> F64x2.eq(x, y, d);
            case F64X2_NE -> F64x2.ne(x, y, d);
            case F64X2_LT -> F64x2.lt(x, y, d);
            case F64X2_GT -> F64x2.gt(x, y, d);
            case F64X2_LE -> F64x2.le(x, y, d);
            case F64X2_GE -> F64x2.ge(x, y, d);
            case V128_AND -> V128.and(x, y, d);
            case V128_ANDNOT -> V128.andnot(x, y, d);
            case V128_OR -> V128.or(x, y, d);
            case V128_XOR -> V128.xor(x, y, d);
            case I8X16_NARROW_I16X8_S -> I8x16.narrowI16x8S(x, y, d);
            case I8X16_NARROW_I16X8_U -> I8x16.narrowI16x8U(x, y, d);
            case I8X16_ADD -> I8x16.add(x, y, d);
            case I8X16_ADD_SAT_S -> I8x16.addSatS(x, y, d);
            case I8X16_ADD_SAT_U -> I8x16.addSatU(x, y, d);
            case I8X16_SUB -> I8x16.sub(x, y, d);
            case I8X16_SUB_SAT_S -> I8x16.subSatS(x, y, d);
            case I8X16_SUB_SAT_U -> I8x16.subSatU(x, y, d);
            case I8X16_MIN_S -> I8x16.minS(x, y, d);
            case I8X16_MIN_U -> I8x16.minU(x, y, d);
            case I8X16_MAX_S -> I8x16.maxS(x, y, d);
            case I8X16_MAX_U -> I8x16.maxU(x, y, d);
            case I8X16_AVGR_U -> I8x16.avgrU(x, y, d);
            case I16X8_Q15MULR_SAT_S, I16X8_RELAXED_Q15MULR_S -> I16x8.q15mulrSatS(x, y, d);
            case I16X8_NARROW_I32X4_S -> I16x8.narrowI32x4S(x, y, d);
            case I16X8_NARROW_I32X4_U -> I16x8.narrowI32x4U(x, y, d);
            case I16X8_ADD -> I16x8.add(x, y, d);
            case I16X8_ADD_SAT_S -> I16x8.addSatS(x, y, d);
            case I16X8_ADD_SAT_U -> I16x8.addSatU(x, y, d);
            case I16X8_SUB -> I16x8.sub(x, y, d);
            case I16X8_SUB_SAT_S -> I16x8.subSatS(x, y, d);
            case I16X8_SUB_SAT_U -> I16x8.subSatU(x, y, d);
            case I16X8_MUL -> I16x8.mul(x, y, d);
            case I16X8_MIN_S -> I16x8.minS(x, y, d);
            case I16X8_MIN_U -> I16x8.minU(x, y, d);
            case I16X8_MAX_S -> I16x8.maxS(x, y, d);
            case I16X8_MAX_U -> I16x8.maxU(x, y, d);
            case I16X8_AVGR_U -> I16x8.avgrU(x, y, d);
            case I16X8_EXTMUL_LOW_I8X16_S -> I16x8.extmulLowI8x16S(x, y, d);
            case I16X8_EXTMUL_HIGH_I8X16_S -> I16x8.extmulHighI8x16S(x, y, d);
            case I16X8_EXTMUL_LOW_I8X16_U -> I16x8.extmulLowI8x16U(x, y, d);
            case I16X8_EXTMUL_HIGH_I8X16_U -> I16x8.extmulHighI8x16U(x, y, d);
            case I32X4_ADD -> I32x4.add(x, y, d);
            case I32X4_SUB -> I32x4.sub(x, y, d);
            case I32X4_MUL -> I32x4.mul(x, y, d);
            case I32X4_MIN_S -> I32x4.minS(x, y, d);
            case I32X4_MIN_U -> I32x4.minU(x, y, d);
            case I32X4_MAX_S -> I32x4.maxS(x, y, d);
            case I32X4_MAX_U -> I32x4.maxU(x, y, d);
            case I32X4_DOT_I16X8_S -> I32x4.dotI16x8S(x, y, d);
            case I32X4_EXTMUL_LOW_I16X8_S -> I32x4.extmulLowI16x8S(x, y, d);
            case I32X4_EXTMUL_HIGH_I16X8_S -> I32x4.extmulHighI16x8S(x, y, d);
            case I32X4_EXTMUL_LOW_I16X8_U -> I32x4.extmulLowI16x8U(x, y, d);
            case I32X4_EXTMUL_HIGH_I16X8_U -> I32x4.extmulHighI16x8U(x, y, d);
            case I64X2_ADD -> I64x2.add(x, y, d);
            case I64X2_SUB -> I64x2.sub(x, y, d);
            case I64X2_MUL -> I64x2.mul(x, y, d);
            case I64X2_EQ -> I64x2.eq(x, y, d);
            case I64X2_NE -> I64x2.ne(x, y, d);
            case I64X2_LT_S -> I64x2.ltS(x, y, d);
            case I64X2_GT_S -> I64x2.gtS(x, y, d);
            case I64X2_LE_S -> I64x2.leS(x, y, d);
            case I64X2_GE_S -> I64x2.geS(x, y, d);
            case I64X2_EXTMUL_LOW_I32X4_S -> I64x2.extmulLowI32x4S(x, y, d);
            case I64X2_EXTMUL_HIGH_I32X4_S -> I64x2.extmulHighI32x4S(x, y, d);
            case I64X2_EXTMUL_LOW_I32X4_U -> I64x2.extmulLowI32x4U(x, y, d);
            case I64X2_EXTMUL_HIGH_I32X4_U -> I64x2.extmulHighI32x4U(x, y, d);
            case F32X4_ADD -> F32x4.add(x, y, d);
            case F32X4_SUB -> F32x4.sub(x, y, d);
            case F32X4_MUL -> F32x4.mul(x, y, d);
            case F32X4_DIV -> F32x4.div(x, y, d);
            case F32X4_MIN, F32X4_RELAXED_MIN -> F32x4.min(x, y, d);
            case F32X4_MAX, F32X4_RELAXED_MAX -> F32x4.max(x, y, d);
            case F32X4_PMIN -> F32x4.pmin(x, y, d);
            case F32X4_PMAX -> F32x4.pmax(x, y, d);
            case F64X2_ADD -> F64x2.add(x, y, d);
            case F64X2_SUB -> F64x2.sub(x, y, d);
            case F64X2_MUL -> F64x2.mul(x, y, d);
            case F64X2_DIV -> F64x2.div(x, y, d);
            case F64X2_MIN, F64X2_RELAXED_MIN -> F64x2.min(x, y, d);
            case F64X2_MAX, F64X2_RELAXED_MAX -> F64x2.max(x, y, d);
            case F64X2_PMIN -> F64x2.pmin(x, y, d);
            case F64X2_PMAX -> F64x2.pmax(x, y, d);
            case I16X8_RELAXED_DOT_I8X16_I7X16_S -> I16x8.relaxedDotI8x16I7x16S(x, y, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation of three operands.
    public static void ternary(Opcode opcode, long x, long y, long z, long d) {
        switch (opcode) {
            case V128_BITSELECT, I8X16_RELAXED_LANESELECT, I16X8_RELAXED_LANESELECT, I32X4_RELAXED_LANESELECT, I64X2_RELAXED_LANESELECT -> V128.bitselect(x, y, z, d);
            case F32X4_RELAXED_MADD -> F32x4.relaxedMadd(x, y, z, d);
            case F32X4_RELAXED_NMADD -> F32x4.relaxedNmadd(x, y, z, d);
            case F64X2_RELAXED_MADD -> F64x2.relaxedMadd(x, y, z, d);
            case F64X2_RELAXED_NMADD -> F64x2.relaxedNmadd(x, y, z, d);
            case I32X4_RELAXED_DOT_I8X16_I7X16_ADD_S -> I32x4.relaxedDotI8x16I7x16AddS(x, y, z, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation that shifts lanes; the count is taken modulo the lane's width.
    public static void shift(Opcode opcode, long x, int count, long d) {
        switch (opcode) {
            case I8X16_SHL -> I8x16.shl(x, count, d);
            case I8X16_SHR_S -> I8x16.shrS(x, count, d);
            case I8X16_SHR_U -> I8x16.shrU(x, count, d);
            case I16X8_SHL -> I16x8.shl(x, count, d);
            case I16X8_SHR_S -> I16x8.shrS(x, count, d);
            case I16X8_SHR_U -> I16x8.shrU(x, count, d);
            case I32X4_SHL -> I32x4.shl(x, count, d);
            case I32X4_SHR_S -> I32x4.shrS(x, count, d);
            case I32X4_SHR_U -> I32x4.shrU(x, count, d);
            case I64X2_SHL -> I64x2.shl(x, count, d);
            case I64X2_SHR_S -> I64x2.shrS(x, count, d);
            case I64X2_SHR_U -> I64x2.shrU(x, count, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation that tests: gives an i32.
    public static int test(Opcode opcode, long x) {
        return switch (opcode) {
            case V128_ANY_TRUE -> V128.anyTrue(x);
            case I8X16_ALL_TRUE -> I8x16.allTrue(x);
            case I8X16_BITMASK -> I8x16.bitmask(x);
            case I16X8_ALL_TRUE -> I16x8.allTrue(x);
            case I16X8_BITMASK -> I16x8.bitmask(x);
            case I32X4_ALL_TRUE -> I32x4.allTrue(x);
            case I32X4_BITMASK -> I32x4.bitmask(x);
            case I64X2_ALL_TRUE -> I64x2.allTrue(x);
            case I64X2_BITMASK -> I64x2.bitmask(x);
            default -> throw new AssertionError(opcode);
        };
    }

    /// An operation that fills a vector with one value, given as a slot: an integer, or a float's bits.
    public static void splat(Opcode opcode, long value, long d) {
        switch (opcode) {
            case I8X16_SPLAT -> I8x16.splat(value, d);
            case I16X8_SPLAT -> I16x8.splat(value, d);
            case I32X4_SPLAT, F32X4_SPLAT -> I32x4.splat(value, d);
            case I64X2_SPLAT, F64X2_SPLAT -> I64x2.splat(value, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation that takes a lane out, as a slot: an i32 or a float's bits sign-extended.
    public static long extract(Opcode opcode, long x, int lane) {
        return switch (opcode) {
            case I8X16_EXTRACT_LANE_S -> I8x16.extractLaneS(x, lane);
            case I8X16_EXTRACT_LANE_U -> I8x16.extractLaneU(x, lane);
            case I16X8_EXTRACT_LANE_S -> I16x8.extractLaneS(x, lane);
            case I16X8_EXTRACT_LANE_U -> I16x8.extractLaneU(x, lane);
            case I32X4_EXTRACT_LANE, F32X4_EXTRACT_LANE -> I32x4.extractLane(x, lane);
            case I64X2_EXTRACT_LANE, F64X2_EXTRACT_LANE -> I64x2.extractLane(x, lane);
            default -> throw new AssertionError(opcode);
        };
    }

    /// An operation that replaces a lane; the value is a slot.
    public static void replace(Opcode opcode, long x, int lane, long value, long d) {
        switch (opcode) {
            case I8X16_REPLACE_LANE -> I8x16.replaceLane(x, lane, value, d);
            case I16X8_REPLACE_LANE -> I16x8.replaceLane(x, lane, value, d);
            case I32X4_REPLACE_LANE, F32X4_REPLACE_LANE -> I32x4.replaceLane(x, lane, value, d);
            case I64X2_REPLACE_LANE, F64X2_REPLACE_LANE -> I64x2.replaceLane(x, lane, value, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation that loads.
    public static void load(Opcode opcode, long address, long d) {
        switch (opcode) {
            case V128_LOAD -> V128.copy(address, d);
            case V128_LOAD8X8_S -> V128.load8x8S(address, d);
            case V128_LOAD8X8_U -> V128.load8x8U(address, d);
            case V128_LOAD16X4_S -> V128.load16x4S(address, d);
            case V128_LOAD16X4_U -> V128.load16x4U(address, d);
            case V128_LOAD32X2_S -> V128.load32x2S(address, d);
            case V128_LOAD32X2_U -> V128.load32x2U(address, d);
            case V128_LOAD8_SPLAT -> V128.load8Splat(address, d);
            case V128_LOAD16_SPLAT -> V128.load16Splat(address, d);
            case V128_LOAD32_SPLAT -> V128.load32Splat(address, d);
            case V128_LOAD64_SPLAT -> V128.load64Splat(address, d);
            case V128_LOAD32_ZERO -> V128.load32Zero(address, d);
            case V128_LOAD64_ZERO -> V128.load64Zero(address, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation that loads one lane.
    public static void loadLane(Opcode opcode, long address, long x, int lane, long d) {
        switch (opcode) {
            case V128_LOAD8_LANE -> V128.load8Lane(address, x, lane, d);
            case V128_LOAD16_LANE -> V128.load16Lane(address, x, lane, d);
            case V128_LOAD32_LANE -> V128.load32Lane(address, x, lane, d);
            case V128_LOAD64_LANE -> V128.load64Lane(address, x, lane, d);
            default -> throw new AssertionError(opcode);
        }
    }

    /// An operation that stores one lane.
    public static void storeLane(Opcode opcode, long address, long x, int lane) {
        switch (opcode) {
            case V128_STORE8_LANE -> V128.store8Lane(address, x, lane);
            case V128_STORE16_LANE -> V128.store16Lane(address, x, lane);
            case V128_STORE32_LANE -> V128.store32Lane(address, x, lane);
            case V128_STORE64_LANE -> V128.store64Lane(address, x, lane);
            default -> throw new AssertionError(opcode);
        }
    }
    // spotless:on
}
