package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Vector instructions: here those that move or combine bits and lanes; memory, integers and floats
/// in classes of their own. The switches are tables; the lanes follow from the instruction's name.
/// A relaxed instruction is lowered as the strict one that it equals.
final class VectorLowering {
    /// Swizzle's indices from 16 must give 0; x86's shuffle does that for those from 128, so they
    /// are raised by this much, saturating.
    private static final int SWIZZLE_BIAS = 0x70;

    private final FunctionLowering f;
    private final Ir ir;
    private final Vectors v;
    private final VectorMemoryLowering memories;
    private final VectorIntegerLowering integers;

    VectorLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
        v = new Vectors(f);
        memories = new VectorMemoryLowering(f, v);
        integers = new VectorIntegerLowering(f, v);
    }

    void lower(Opcode op) {
        switch (op) {
            case V128_CONST ->
                    f.push(ValType.V128, ir.v128Bits(f.cursor.bitsLow, f.cursor.bitsHigh));
            case V128_NOT -> v.push(ir.xor(f.pop(), v.constant(LaneShape.I8X16, -1)));
            case V128_AND -> bitwise(Ir.AND);
            case V128_OR -> bitwise(Ir.OR);
            case V128_XOR -> bitwise(Ir.XOR);
            case V128_ANDNOT -> {
                long inverted = ir.xor(f.pop(), v.constant(LaneShape.I8X16, -1));
                v.push(ir.and(f.pop(), inverted));
            }
            case V128_BITSELECT,
                    I8X16_RELAXED_LANESELECT,
                    I16X8_RELAXED_LANESELECT,
                    I32X4_RELAXED_LANESELECT,
                    I64X2_RELAXED_LANESELECT ->
                    bitselect();
            case V128_ANY_TRUE ->
                    f.stack.pushBit(ir.icmp(Ir.NE, ir.bitcast(f.pop(), ir.i128), ir.zero(ir.i128)));

            case I8X16_SHUFFLE -> shuffle();
            case I8X16_SWIZZLE, I8X16_RELAXED_SWIZZLE -> swizzle();
            case I8X16_SPLAT, I16X8_SPLAT, I32X4_SPLAT, I64X2_SPLAT, F32X4_SPLAT, F64X2_SPLAT ->
                    splat(LaneShape.of(op));
            case I8X16_EXTRACT_LANE_S, I16X8_EXTRACT_LANE_S -> extract(LaneShape.of(op), Ir.SEXT);
            case I8X16_EXTRACT_LANE_U, I16X8_EXTRACT_LANE_U -> extract(LaneShape.of(op), Ir.ZEXT);
            case I32X4_EXTRACT_LANE, I64X2_EXTRACT_LANE, F32X4_EXTRACT_LANE, F64X2_EXTRACT_LANE -> {
                LaneShape shape = LaneShape.of(op);
                f.push(shape.valType, lane(shape));
            }
            case I8X16_REPLACE_LANE,
                    I16X8_REPLACE_LANE,
                    I32X4_REPLACE_LANE,
                    I64X2_REPLACE_LANE,
                    F32X4_REPLACE_LANE,
                    F64X2_REPLACE_LANE ->
                    replace(LaneShape.of(op));
            default -> accessOrArithmetic(op);
        }
    }

    private void accessOrArithmetic(Opcode op) {
        switch (op.immediates()) {
            case MEMARG, MEMARG_LANE -> memories.lower(op);
            default -> integers.lower(op);
        }
    }

    private void bitwise(int operator) {
        long right = f.pop();
        v.push(ir.binary(operator, f.pop(), right));
    }

    private void bitselect() {
        long mask = f.pop();
        long otherwise = f.pop();
        long then = f.pop();
        long inverted = ir.xor(mask, v.constant(LaneShape.I8X16, -1));
        v.push(ir.or(ir.and(then, mask), ir.and(otherwise, inverted)));
    }

    private void shuffle() {
        long right = f.pop();
        int[] lanes = new int[16];
        for (int i = 0; i < lanes.length; i++) {
            long half = i < 8 ? f.cursor.bitsLow : f.cursor.bitsHigh;
            lanes[i] = (int) (half >>> (8 * (i & 7))) & 31;
        }
        v.push(ir.shuffle(f.pop(), right, lanes));
    }

    private void swizzle() {
        long indices = f.pop();
        long vector = f.pop();
        if (!v.isX86) {
            v.push(ir.intrinsic("llvm.aarch64.neon.tbl1", ir.v128, vector, indices));
            return;
        }
        long bias = v.constant(LaneShape.I8X16, SWIZZLE_BIAS);
        long raised = ir.intrinsic("llvm.uadd.sat", ir.v128, indices, bias);
        v.push(ir.intrinsic("llvm.x86.ssse3.pshuf.b.128", new long[0], vector, raised));
    }

    /// A popped scalar as a lane.
    private long popLane(LaneShape shape) {
        long value = f.pop();
        return shape == LaneShape.I8X16 || shape == LaneShape.I16X8
                ? ir.cast(Ir.TRUNC, value, shape.lane(ir))
                : value;
    }

    private void splat(LaneShape shape) {
        v.push(v.splat(shape, popLane(shape)));
    }

    private long lane(LaneShape shape) {
        return ir.extractElement(v.pop(shape), ir.i32(f.cursor.lane));
    }

    private void extract(LaneShape shape, int extension) {
        f.push(ValType.I32, ir.cast(extension, lane(shape), ir.i32));
    }

    private void replace(LaneShape shape) {
        long lane = popLane(shape);
        v.push(ir.insertElement(v.pop(shape), lane, ir.i32(f.cursor.lane)));
    }
}
