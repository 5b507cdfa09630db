package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Numeric instructions. The switches are tables: one instruction, one line.
final class NumericLowering {
    private final FunctionLowering f;
    private final Ir ir;
    private final ConversionLowering conversions;
    private final WideIdioms idioms;

    NumericLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
        this.conversions = new ConversionLowering(f);
        this.idioms = new WideIdioms(ir);
    }

    void lower(Opcode op) {
        switch (op) {
            case I32_CONST -> f.push(ValType.I32, ir.i32((int) f.cursor.bitsLow));
            case I64_CONST -> f.push(ValType.I64, ir.i64(f.cursor.bitsLow));
            case F32_CONST -> f.push(ValType.F32, ir.f32Bits((int) f.cursor.bitsLow));
            case F64_CONST -> f.push(ValType.F64, ir.f64Bits(f.cursor.bitsLow));

            case I32_EQZ -> f.stack.pushBit(f.stack.popIsZero());
            case I64_EQZ -> f.stack.pushBit(ir.icmp(Ir.EQ, f.pop(), ir.i64(0)));
            case I32_EQ, I64_EQ -> compare(Ir.EQ);
            case I32_NE, I64_NE -> compare(Ir.NE);
            case I32_LT_S, I64_LT_S -> compare(Ir.SLT);
            case I32_LT_U, I64_LT_U -> compare(Ir.ULT);
            case I32_GT_S, I64_GT_S -> compare(Ir.SGT);
            case I32_GT_U, I64_GT_U -> compare(Ir.UGT);
            case I32_LE_S, I64_LE_S -> compare(Ir.SLE);
            case I32_LE_U, I64_LE_U -> compare(Ir.ULE);
            case I32_GE_S, I64_GE_S -> compare(Ir.SGE);
            case I32_GE_U, I64_GE_U -> compare(Ir.UGE);
            case F32_EQ, F64_EQ -> compareFloats(Ir.OEQ);
            case F32_NE, F64_NE -> compareFloats(Ir.UNE);
            case F32_LT, F64_LT -> compareFloats(Ir.OLT);
            case F32_GT, F64_GT -> compareFloats(Ir.OGT);
            case F32_LE, F64_LE -> compareFloats(Ir.OLE);
            case F32_GE, F64_GE -> compareFloats(Ir.OGE);

            case I32_CLZ, I64_CLZ -> count("llvm.ctlz");
            case I32_CTZ, I64_CTZ -> count("llvm.cttz");
            case I32_POPCNT, I64_POPCNT -> unary("llvm.ctpop");
            case I32_ADD -> binary(Ir.ADD);
            case I64_ADD -> addI64();
            case I32_SUB, I64_SUB -> binary(Ir.SUB);
            case I32_MUL, I64_MUL -> binary(Ir.MUL);
            case I32_AND, I64_AND -> binary(Ir.AND);
            case I32_OR, I64_OR -> binary(Ir.OR);
            case I32_XOR, I64_XOR -> binary(Ir.XOR);
            case I32_SHL, I64_SHL -> shift(Ir.SHL);
            case I32_SHR_S, I64_SHR_S -> shift(Ir.ASHR);
            case I32_SHR_U -> shift(Ir.LSHR);
            case I64_SHR_U -> shiftRightI64();
            case I32_ROTL, I64_ROTL -> rotate("llvm.fshl");
            case I32_ROTR, I64_ROTR -> rotate("llvm.fshr");
            case I32_DIV_S, I64_DIV_S -> divideSigned();
            case I32_DIV_U, I64_DIV_U -> divideUnsigned(Ir.UDIV);
            case I32_REM_S, I64_REM_S -> remainderSigned();
            case I32_REM_U, I64_REM_U -> divideUnsigned(Ir.UREM);

            case F32_ABS, F64_ABS -> unary("llvm.fabs");
            case F32_NEG, F64_NEG -> f.push(f.stack.type(0), ir.fneg(f.pop()));
            case F32_CEIL, F64_CEIL -> unary("llvm.ceil");
            case F32_FLOOR, F64_FLOOR -> unary("llvm.floor");
            case F32_TRUNC, F64_TRUNC -> unary("llvm.trunc");
            case F32_NEAREST, F64_NEAREST -> unary("llvm.roundeven");
            case F32_SQRT, F64_SQRT -> unary("llvm.sqrt");
            case F32_ADD, F64_ADD -> arithmetic(Ir.FADD);
            case F32_SUB, F64_SUB -> arithmetic(Ir.FSUB);
            case F32_MUL, F64_MUL -> arithmetic(Ir.FMUL);
            case F32_DIV, F64_DIV -> arithmetic(Ir.FDIV);
            case F32_MIN, F64_MIN -> minimum();
            case F32_MAX, F64_MAX -> maximum();
            case F32_COPYSIGN, F64_COPYSIGN -> binary("llvm.copysign");

            case I64_ADD128 -> wideSum(Ir.ADD);
            case I64_SUB128 -> wideSum(Ir.SUB);
            case I64_MUL_WIDE_S -> wideProduct(Ir.SEXT);
            case I64_MUL_WIDE_U -> wideProduct(Ir.ZEXT);
            default -> conversions.lower(op);
        }
    }

    private void compare(int predicate) {
        long right = f.pop();
        f.stack.pushBit(ir.icmp(predicate, f.pop(), right));
    }

    private void compareFloats(int predicate) {
        long right = f.pop();
        f.stack.pushBit(ir.fcmp(predicate, f.pop(), right));
    }

    private void binary(int operator) {
        long right = f.pop();
        int type = f.stack.type(0);
        f.push(type, ir.binary(operator, f.pop(), right));
    }

    private void binary(String intrinsic) {
        long right = f.pop();
        int type = f.stack.type(0);
        f.push(type, ir.intrinsic(intrinsic, f.m.type(type), f.pop(), right));
    }

    private void unary(String intrinsic) {
        int type = f.stack.type(0);
        f.push(type, ir.intrinsic(intrinsic, f.m.type(type), f.pop()));
    }

    /// The count of zeros of zero is the number of bits, not poison.
    private void count(String intrinsic) {
        int type = f.stack.type(0);
        f.push(type, ir.intrinsic(intrinsic, f.m.type(type), f.pop(), ir.i1(false)));
    }

    private long constant(int type, long value) {
        return type == ValType.I32 ? ir.i32((int) value) : ir.i64(value);
    }

    private void shift(int operator) {
        int type = f.stack.type(0);
        long amount = ir.and(f.pop(), constant(type, type == ValType.I32 ? 31 : 63));
        f.push(type, ir.binary(operator, f.pop(), amount));
    }

    private void addI64() {
        long right = f.pop();
        f.push(ValType.I64, idioms.sum(f.pop(), right));
    }

    private void shiftRightI64() {
        long amount = ir.and(f.pop(), ir.i64(63));
        f.push(ValType.I64, idioms.shifted(f.pop(), amount));
    }

    private void rotate(String funnelShift) {
        long amount = f.pop();
        int type = f.stack.type(0);
        long value = f.pop();
        f.push(type, ir.intrinsic(funnelShift, f.m.type(type), value, value, amount));
    }

    // Division: LLVM's is undefined where WebAssembly's traps.

    private void divideSigned() {
        int type = f.stack.type(0);
        long divisor = f.pop();
        long dividend = f.pop();
        checkDivisor(type, divisor);
        long smallest = constant(type, type == ValType.I32 ? Integer.MIN_VALUE : Long.MIN_VALUE);
        long overflows =
                ir.and(
                        ir.icmp(Ir.EQ, dividend, smallest),
                        ir.icmp(Ir.EQ, divisor, constant(type, -1)));
        f.trapIf(overflows, TrapKind.INTEGER_OVERFLOW);
        f.push(type, ir.binary(Ir.SDIV, dividend, divisor));
    }

    private void divideUnsigned(int operator) {
        int type = f.stack.type(0);
        long divisor = f.pop();
        long dividend = f.pop();
        checkDivisor(type, divisor);
        f.push(type, ir.binary(operator, dividend, divisor));
    }

    /// The remainder by -1 is 0, as by 1; LLVM's overflows.
    private void remainderSigned() {
        int type = f.stack.type(0);
        long divisor = f.pop();
        long dividend = f.pop();
        checkDivisor(type, divisor);
        long isMinusOne = ir.icmp(Ir.EQ, divisor, constant(type, -1));
        long safe = ir.select(isMinusOne, constant(type, 1), divisor);
        f.push(type, ir.binary(Ir.SREM, dividend, safe));
    }

    private void checkDivisor(int type, long divisor) {
        f.trapIf(ir.icmp(Ir.EQ, divisor, constant(type, 0)), TrapKind.INTEGER_DIVIDE_BY_ZERO);
    }

    // Floats.

    private void arithmetic(int operator) {
        long right = FloatRules.opaque(ir, f.pop());
        int type = f.stack.type(0);
        long left = FloatRules.opaque(ir, f.pop());
        f.push(type, ir.binary(operator, left, right));
    }

    private long bits(int type) {
        return type == ValType.F32 ? ir.i32 : ir.i64;
    }

    private void minimum() {
        long right = f.pop();
        int type = f.stack.type(0);
        f.push(type, FloatRules.minimum(ir, bits(type), f.pop(), right));
    }

    private void maximum() {
        long right = f.pop();
        int type = f.stack.type(0);
        f.push(type, FloatRules.maximum(ir, bits(type), f.pop(), right));
    }

    // 128 bits.

    private long joined(long low, long high) {
        long wideLow = ir.cast(Ir.ZEXT, low, ir.i128);
        long wideHigh = ir.cast(Ir.ZEXT, high, ir.i128);
        return ir.or(wideLow, ir.binary(Ir.SHL, wideHigh, ir.constant(ir.i128, 64)));
    }

    private void pushHalves(long wide) {
        f.push(ValType.I64, ir.cast(Ir.TRUNC, wide, ir.i64));
        long high = ir.binary(Ir.LSHR, wide, ir.constant(ir.i128, 64));
        f.push(ValType.I64, ir.cast(Ir.TRUNC, high, ir.i64));
    }

    private void wideSum(int operator) {
        long[] o = f.stack.pop(4);
        pushHalves(ir.binary(operator, joined(o[0], o[1]), joined(o[2], o[3])));
    }

    private void wideProduct(int extension) {
        long right = ir.cast(extension, f.pop(), ir.i128);
        long left = ir.cast(extension, f.pop(), ir.i128);
        pushHalves(ir.binary(Ir.MUL, left, right));
    }
}
