package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.wasm.Family;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// How a v128 is divided into lanes.
enum LaneShape {
    I8X16(8, 16, ValType.I32),
    I16X8(16, 8, ValType.I32),
    I32X4(32, 4, ValType.I32),
    I64X2(64, 2, ValType.I64),
    F32X4(32, 4, ValType.F32),
    F64X2(64, 2, ValType.F64);

    /// Bits of a lane.
    final int bits;

    final int lanes;

    /// The value type that a lane has outside of vectors.
    final int valType;

    LaneShape(int bits, int lanes, int valType) {
        this.bits = bits;
        this.lanes = lanes;
        this.valType = valType;
    }

    private static final Map<Opcode, LaneShape> BY_OPCODE = new EnumMap<>(Opcode.class);

    static {
        for (Opcode op : Opcode.values()) {
            if (op.family() == Family.VECTOR && !op.text().startsWith("v128.")) {
                String prefix = op.text().substring(0, op.text().indexOf('.'));
                BY_OPCODE.put(op, valueOf(prefix.toUpperCase(Locale.ROOT)));
            }
        }
    }

    /// The shape that an instruction's name begins with.
    static LaneShape of(Opcode op) {
        LaneShape shape = BY_OPCODE.get(op);
        if (shape == null) {
            throw new AssertionError(op);
        }
        return shape;
    }

    /// Integers of the same width.
    LaneShape integers() {
        return switch (this) {
            case F32X4 -> I32X4;
            case F64X2 -> I64X2;
            case I8X16, I16X8, I32X4, I64X2 -> this;
        };
    }

    /// Integers of half the width.
    LaneShape narrower() {
        return switch (this) {
            case I16X8 -> I8X16;
            case I32X4 -> I16X8;
            case I64X2 -> I32X4;
            case I8X16, F32X4, F64X2 -> throw new AssertionError(this);
        };
    }

    /// Integers of twice the width.
    LaneShape wider() {
        return switch (this) {
            case I8X16 -> I16X8;
            case I16X8 -> I32X4;
            case I32X4 -> I64X2;
            case I64X2, F32X4, F64X2 -> throw new AssertionError(this);
        };
    }

    /// LLVM's type of a lane.
    long lane(Ir ir) {
        return switch (this) {
            case I8X16 -> ir.i8;
            case I16X8 -> ir.i16;
            case I32X4 -> ir.i32;
            case I64X2 -> ir.i64;
            case F32X4 -> ir.f32;
            case F64X2 -> ir.f64;
        };
    }

    /// LLVM's type of the vector.
    long type(Ir ir) {
        return ir.vector(lane(ir), lanes);
    }
}
