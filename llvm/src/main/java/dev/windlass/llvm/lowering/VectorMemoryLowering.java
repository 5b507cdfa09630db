package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Loads and stores of vectors. The switch is a table: one instruction, one line.
final class VectorMemoryLowering {
    private final FunctionLowering f;
    private final Ir ir;
    private final Vectors v;

    VectorMemoryLowering(FunctionLowering f, Vectors v) {
        this.f = f;
        this.ir = f.ir;
        this.v = v;
    }

    void lower(Opcode op) {
        switch (op) {
            case V128_LOAD -> f.push(ValType.V128, load(ir.v128));
            case V128_STORE -> {
                long value = f.pop();
                store(value);
            }
            case V128_LOAD8X8_S -> extended(LaneShape.I16X8, Ir.SEXT);
            case V128_LOAD8X8_U -> extended(LaneShape.I16X8, Ir.ZEXT);
            case V128_LOAD16X4_S -> extended(LaneShape.I32X4, Ir.SEXT);
            case V128_LOAD16X4_U -> extended(LaneShape.I32X4, Ir.ZEXT);
            case V128_LOAD32X2_S -> extended(LaneShape.I64X2, Ir.SEXT);
            case V128_LOAD32X2_U -> extended(LaneShape.I64X2, Ir.ZEXT);
            case V128_LOAD8_SPLAT -> splat(LaneShape.I8X16);
            case V128_LOAD16_SPLAT -> splat(LaneShape.I16X8);
            case V128_LOAD32_SPLAT -> splat(LaneShape.I32X4);
            case V128_LOAD64_SPLAT -> splat(LaneShape.I64X2);
            case V128_LOAD32_ZERO -> zeroed(LaneShape.I32X4);
            case V128_LOAD64_ZERO -> zeroed(LaneShape.I64X2);
            case V128_LOAD8_LANE -> loadLane(LaneShape.I8X16);
            case V128_LOAD16_LANE -> loadLane(LaneShape.I16X8);
            case V128_LOAD32_LANE -> loadLane(LaneShape.I32X4);
            case V128_LOAD64_LANE -> loadLane(LaneShape.I64X2);
            case V128_STORE8_LANE -> storeLane(LaneShape.I8X16);
            case V128_STORE16_LANE -> storeLane(LaneShape.I16X8);
            case V128_STORE32_LANE -> storeLane(LaneShape.I32X4);
            case V128_STORE64_LANE -> storeLane(LaneShape.I64X2);
            default -> throw new AssertionError(op);
        }
    }

    private long load(long type) {
        return f.memories().loadAt(type, f.memories().address());
    }

    private void store(long value) {
        f.memories().storeAt(value, f.memories().address());
    }

    /// @param shape of the result
    private void extended(LaneShape shape, int extension) {
        long narrow = load(ir.vector(shape.narrower().lane(ir), shape.lanes));
        v.push(ir.cast(extension, narrow, shape.type(ir)));
    }

    private void splat(LaneShape shape) {
        v.push(v.splat(shape, load(shape.lane(ir))));
    }

    private void zeroed(LaneShape shape) {
        long lane = load(shape.lane(ir));
        v.push(ir.insertElement(ir.zero(shape.type(ir)), lane, ir.i32(0)));
    }

    private void loadLane(LaneShape shape) {
        long vector = v.pop(shape);
        long lane = load(shape.lane(ir));
        v.push(ir.insertElement(vector, lane, ir.i32(f.cursor.lane)));
    }

    private void storeLane(LaneShape shape) {
        store(ir.extractElement(v.pop(shape), ir.i32(f.cursor.lane)));
    }
}
