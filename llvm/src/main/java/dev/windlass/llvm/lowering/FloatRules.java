package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;

/// Operations on floats, scalars and vectors alike, where LLVM's own differ from WebAssembly's in
/// the bits of a NaN.
final class FloatRules {
    private FloatRules() {}

    /// Hides a constant: LLVM takes `x * 1` and `x - 0` for `x`, which keeps a signalling NaN.
    static long opaque(Ir ir, long value) {
        return ir.isConstant(value) ? ir.hidden(value) : value;
    }

    /// The lesser value, -0 less than 0; or the first NaN, quieted.
    ///
    /// @param bits LLVM's type of integers as wide as the operands
    static long minimum(Ir ir, long bits, long x, long y) {
        return extreme(ir, bits, Ir.OLT, Ir.OR, x, y);
    }

    /// The greater value, 0 greater than -0; or the first NaN, quieted.
    static long maximum(Ir ir, long bits, long x, long y) {
        return extreme(ir, bits, Ir.OGT, Ir.AND, x, y);
    }

    /// The two selections are one machine instruction each and differ for zeros and NaNs only; of
    /// two zeros `operator` makes the right one.
    private static long extreme(Ir ir, long bits, int better, int operator, long x, long y) {
        long type = ir.typeOf(x);
        long first = ir.bitcast(ir.select(ir.fcmp(better, x, y), x, y), bits);
        long second = ir.bitcast(ir.select(ir.fcmp(better, y, x), y, x), bits);
        long ordered = ir.bitcast(ir.binary(operator, first, second), type);
        long nan = ir.select(ir.fcmp(Ir.UNO, x, x), x, y);
        long quiet = ir.binary(Ir.FADD, nan, nan);
        return ir.select(ir.fcmp(Ir.UNO, x, y), quiet, ordered);
    }
}
