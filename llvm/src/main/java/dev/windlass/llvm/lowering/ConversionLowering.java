package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Conversions between numeric types. The switch is a table: one instruction, one line.
final class ConversionLowering {
    private final FunctionLowering f;
    private final Ir ir;

    ConversionLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    void lower(Opcode op) {
        switch (op) {
            case I32_WRAP_I64 -> cast(Ir.TRUNC, ValType.I32);
            case I64_EXTEND_I32_S -> cast(Ir.SEXT, ValType.I64);
            case I64_EXTEND_I32_U -> cast(Ir.ZEXT, ValType.I64);
            case F32_CONVERT_I32_S, F32_CONVERT_I64_S -> cast(Ir.SITOFP, ValType.F32);
            case F32_CONVERT_I32_U, F32_CONVERT_I64_U -> cast(Ir.UITOFP, ValType.F32);
            case F64_CONVERT_I32_S, F64_CONVERT_I64_S -> cast(Ir.SITOFP, ValType.F64);
            case F64_CONVERT_I32_U, F64_CONVERT_I64_U -> cast(Ir.UITOFP, ValType.F64);
            case F32_DEMOTE_F64 -> demote();
            case F64_PROMOTE_F32 -> promote();
            case I32_REINTERPRET_F32 -> cast(Ir.BITCAST, ValType.I32);
            case I64_REINTERPRET_F64 -> cast(Ir.BITCAST, ValType.I64);
            case F32_REINTERPRET_I32 -> cast(Ir.BITCAST, ValType.F32);
            case F64_REINTERPRET_I64 -> cast(Ir.BITCAST, ValType.F64);
            case I32_EXTEND8_S -> extend(ir.i8, ValType.I32);
            case I32_EXTEND16_S -> extend(ir.i16, ValType.I32);
            case I64_EXTEND8_S -> extend(ir.i8, ValType.I64);
            case I64_EXTEND16_S -> extend(ir.i16, ValType.I64);
            case I64_EXTEND32_S -> extend(ir.i32, ValType.I64);

            case I32_TRUNC_SAT_F32_S, I32_TRUNC_SAT_F64_S -> saturate("si", ValType.I32);
            case I32_TRUNC_SAT_F32_U, I32_TRUNC_SAT_F64_U -> saturate("ui", ValType.I32);
            case I64_TRUNC_SAT_F32_S, I64_TRUNC_SAT_F64_S -> saturate("si", ValType.I64);
            case I64_TRUNC_SAT_F32_U, I64_TRUNC_SAT_F64_U -> saturate("ui", ValType.I64);

            // The least value that is too small, or, with `true`, is not; and the least too large.
            case I32_TRUNC_F32_S -> trunc(Ir.FPTOSI, ValType.I32, -0x1p31, true, 0x1p31);
            case I32_TRUNC_F64_S -> trunc(Ir.FPTOSI, ValType.I32, -0x1p31 - 1, false, 0x1p31);
            case I32_TRUNC_F32_U, I32_TRUNC_F64_U ->
                    trunc(Ir.FPTOUI, ValType.I32, -1, false, 0x1p32);
            case I64_TRUNC_F32_S, I64_TRUNC_F64_S ->
                    trunc(Ir.FPTOSI, ValType.I64, -0x1p63, true, 0x1p63);
            case I64_TRUNC_F32_U, I64_TRUNC_F64_U ->
                    trunc(Ir.FPTOUI, ValType.I64, -1, false, 0x1p64);
            default -> throw new UnsupportedInstruction(op.text());
        }
    }

    private void cast(int operator, int to) {
        f.push(to, ir.cast(operator, f.pop(), f.m.type(to)));
    }

    /// LLVM takes a demoted promotion for the value itself, which keeps a signalling NaN.
    private void demote() {
        long value = f.pop();
        long hidden = ir.isInstruction(value, Ir.FPEXT) ? ir.hidden(value) : value;
        f.push(ValType.F32, ir.cast(Ir.FPTRUNC, hidden, ir.f32));
    }

    private void promote() {
        f.push(ValType.F64, ir.cast(Ir.FPEXT, f.pop(), ir.f64));
    }

    private void extend(long narrow, int to) {
        long low = ir.cast(Ir.TRUNC, f.pop(), narrow);
        f.push(to, ir.cast(Ir.SEXT, low, f.m.type(to)));
    }

    private void saturate(String kind, int to) {
        long value = f.pop();
        long[] types = {f.m.type(to), ir.typeOf(value)};
        f.push(to, ir.intrinsic("llvm.fpto" + kind + ".sat", types, value));
    }

    /// @param low a bound of the values that can be converted, itself one if `isInside`
    /// @param high the least value above them
    private void trunc(int operator, int to, double low, boolean isInside, double high) {
        long value = f.pop();
        f.trapIf(ir.fcmp(Ir.UNO, value, value), TrapKind.INVALID_CONVERSION);
        long aboveLow = ir.fcmp(isInside ? Ir.OGE : Ir.OGT, value, same(value, low));
        long belowHigh = ir.fcmp(Ir.OLT, value, same(value, high));
        long isOutside = ir.xor(ir.and(aboveLow, belowHigh), ir.i1(true));
        f.trapIf(isOutside, TrapKind.INTEGER_OVERFLOW);
        f.push(to, ir.cast(operator, value, f.m.type(to)));
    }

    private long same(long like, double constant) {
        return ir.typeOf(like) == ir.f32 ? ir.f32((float) constant) : ir.f64(constant);
    }
}
