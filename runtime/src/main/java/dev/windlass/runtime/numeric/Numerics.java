package dev.windlass.runtime.numeric;

import dev.windlass.runtime.Trap;
import dev.windlass.runtime.TrapKind;

/// The scalar numeric instructions whose meaning is not one plain Java operator, each under the
/// instruction's name. What is missing here is Java's own: `+ - *` of the type, `& | ^`, `<< >>
/// >>>` (Java masks the count as WebAssembly does), the six comparisons of signed and float values,
/// `Integer.numberOfLeadingZeros` and its kin, `Float.floatToRawIntBits` and its kin, the casts of
/// signed integers to float types, and the casts of floats to signed integers for `trunc_sat_*_s`
/// (Java saturates as WebAssembly does).
///
/// NaN: an operation that computes returns a quiet NaN with an operand's payload, in every tier of
/// HotSpot; operations that only move bits or the sign keep all bits. See the decision "Which NaN
/// does an operation return?".
///
/// @see <a href="https://webassembly.github.io/spec/core/exec/numerics.html">Numerics</a>
public final class Numerics {
    private static final float TWO_31F = 0x1p31f;
    private static final float TWO_32F = 0x1p32f;
    private static final float TWO_63F = 0x1p63f;
    private static final float TWO_64F = 0x1p64f;
    private static final double TWO_31 = 0x1p31;
    private static final double TWO_32 = 0x1p32;
    private static final double TWO_63 = 0x1p63;
    private static final double TWO_64 = 0x1p64;

    private Numerics() {}

    // Comparisons of unsigned integers.

    public static boolean i32LtU(int x, int y) {
        return x + Integer.MIN_VALUE < y + Integer.MIN_VALUE;
    }

    public static boolean i32GtU(int x, int y) {
        return x + Integer.MIN_VALUE > y + Integer.MIN_VALUE;
    }

    public static boolean i32LeU(int x, int y) {
        return x + Integer.MIN_VALUE <= y + Integer.MIN_VALUE;
    }

    public static boolean i32GeU(int x, int y) {
        return x + Integer.MIN_VALUE >= y + Integer.MIN_VALUE;
    }

    public static boolean i64LtU(long x, long y) {
        return x + Long.MIN_VALUE < y + Long.MIN_VALUE;
    }

    public static boolean i64GtU(long x, long y) {
        return x + Long.MIN_VALUE > y + Long.MIN_VALUE;
    }

    public static boolean i64LeU(long x, long y) {
        return x + Long.MIN_VALUE <= y + Long.MIN_VALUE;
    }

    public static boolean i64GeU(long x, long y) {
        return x + Long.MIN_VALUE >= y + Long.MIN_VALUE;
    }

    // Division and remainder.

    public static int i32DivS(int x, int y) {
        if (y == 0) {
            throw divideByZero();
        }
        if (y == -1 && x == Integer.MIN_VALUE) {
            throw overflow();
        }
        return x / y;
    }

    public static int i32DivU(int x, int y) {
        if (y == 0) {
            throw divideByZero();
        }
        return Integer.divideUnsigned(x, y);
    }

    public static int i32RemS(int x, int y) {
        if (y == 0) {
            throw divideByZero();
        }
        return x % y;
    }

    public static int i32RemU(int x, int y) {
        if (y == 0) {
            throw divideByZero();
        }
        return Integer.remainderUnsigned(x, y);
    }

    public static long i64DivS(long x, long y) {
        if (y == 0) {
            throw divideByZero();
        }
        if (y == -1 && x == Long.MIN_VALUE) {
            throw overflow();
        }
        return x / y;
    }

    public static long i64DivU(long x, long y) {
        if (y == 0) {
            throw divideByZero();
        }
        return Long.divideUnsigned(x, y);
    }

    public static long i64RemS(long x, long y) {
        if (y == 0) {
            throw divideByZero();
        }
        return x % y;
    }

    public static long i64RemU(long x, long y) {
        if (y == 0) {
            throw divideByZero();
        }
        return Long.remainderUnsigned(x, y);
    }

    // Rotations.

    public static int i32Rotl(int x, int y) {
        return Integer.rotateLeft(x, y);
    }

    public static int i32Rotr(int x, int y) {
        return Integer.rotateRight(x, y);
    }

    public static long i64Rotl(long x, long y) {
        return Long.rotateLeft(x, (int) y);
    }

    public static long i64Rotr(long x, long y) {
        return Long.rotateRight(x, (int) y);
    }

    // Wide arithmetic: the low half is the plain 64-bit operation, here are the high halves.

    /// High half of (xHigh:xLow) + (yHigh:yLow).
    public static long i64Add128High(long xLow, long xHigh, long yLow, long yHigh) {
        return xHigh + yHigh + (i64LtU(xLow + yLow, xLow) ? 1 : 0);
    }

    /// High half of (xHigh:xLow) - (yHigh:yLow).
    public static long i64Sub128High(long xLow, long xHigh, long yLow, long yHigh) {
        return xHigh - yHigh - (i64LtU(xLow, yLow) ? 1 : 0);
    }

    public static long i64MulWideSHigh(long x, long y) {
        return Math.multiplyHigh(x, y);
    }

    public static long i64MulWideUHigh(long x, long y) {
        return Math.unsignedMultiplyHigh(x, y);
    }

    // Operations on a float's sign: on the bits, so that a signalling NaN stays one.

    public static float f32Abs(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & Integer.MAX_VALUE);
    }

    public static float f32Neg(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) ^ Integer.MIN_VALUE);
    }

    public static float f32Copysign(float x, float y) {
        int magnitude = Float.floatToRawIntBits(x) & Integer.MAX_VALUE;
        return Float.intBitsToFloat(magnitude | (Float.floatToRawIntBits(y) & Integer.MIN_VALUE));
    }

    public static double f64Abs(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & Long.MAX_VALUE);
    }

    public static double f64Neg(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) ^ Long.MIN_VALUE);
    }

    public static double f64Copysign(double x, double y) {
        long magnitude = Double.doubleToRawLongBits(x) & Long.MAX_VALUE;
        return Double.longBitsToDouble(
                magnitude | (Double.doubleToRawLongBits(y) & Long.MIN_VALUE));
    }

    // Rounding. HotSpot's interpreter and C1 let a signalling NaN through floor and ceil; x + x
    // quiets it.

    public static float f32Ceil(float x) {
        return Float.isNaN(x) ? x + x : (float) Math.ceil(x);
    }

    public static float f32Floor(float x) {
        return Float.isNaN(x) ? x + x : (float) Math.floor(x);
    }

    public static float f32Trunc(float x) {
        return Float.isNaN(x) ? x + x : (float) (x < 0 ? Math.ceil(x) : Math.floor(x));
    }

    public static float f32Nearest(float x) {
        return Float.isNaN(x) ? x + x : (float) Math.rint(x);
    }

    /// Computing in double and rounding once more is exact for the square root.
    public static float f32Sqrt(float x) {
        return Float.isNaN(x) ? x + x : (float) Math.sqrt(x);
    }

    public static double f64Ceil(double x) {
        return Double.isNaN(x) ? x + x : Math.ceil(x);
    }

    public static double f64Floor(double x) {
        return Double.isNaN(x) ? x + x : Math.floor(x);
    }

    public static double f64Trunc(double x) {
        return Double.isNaN(x) ? x + x : x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    public static double f64Nearest(double x) {
        return Double.isNaN(x) ? x + x : Math.rint(x);
    }

    public static double f64Sqrt(double x) {
        return Double.isNaN(x) ? x + x : Math.sqrt(x);
    }

    // Minimum and maximum. Of two NaNs the first wins, whichever the compiler would pick for x + y.

    public static float f32Min(float x, float y) {
        return Float.isNaN(x) ? x + x : Float.isNaN(y) ? y + y : Math.min(x, y);
    }

    public static float f32Max(float x, float y) {
        return Float.isNaN(x) ? x + x : Float.isNaN(y) ? y + y : Math.max(x, y);
    }

    public static double f64Min(double x, double y) {
        return Double.isNaN(x) ? x + x : Double.isNaN(y) ? y + y : Math.min(x, y);
    }

    public static double f64Max(double x, double y) {
        return Double.isNaN(x) ? x + x : Double.isNaN(y) ? y + y : Math.max(x, y);
    }

    // Float to integer, trapping.

    public static int i32TruncF32S(float x) {
        if (x >= -TWO_31F && x < TWO_31F) {
            return (int) x;
        }
        throw noInteger(x);
    }

    public static int i32TruncF32U(float x) {
        if (x > -1 && x < TWO_32F) {
            return (int) (long) x;
        }
        throw noInteger(x);
    }

    public static int i32TruncF64S(double x) {
        if (x > -TWO_31 - 1 && x < TWO_31) {
            return (int) x;
        }
        throw noInteger(x);
    }

    public static int i32TruncF64U(double x) {
        if (x > -1 && x < TWO_32) {
            return (int) (long) x;
        }
        throw noInteger(x);
    }

    public static long i64TruncF32S(float x) {
        if (x >= -TWO_63F && x < TWO_63F) {
            return (long) x;
        }
        throw noInteger(x);
    }

    public static long i64TruncF32U(float x) {
        if (x > -1 && x < TWO_64F) {
            return i64TruncSatF32U(x);
        }
        throw noInteger(x);
    }

    public static long i64TruncF64S(double x) {
        if (x >= -TWO_63 && x < TWO_63) {
            return (long) x;
        }
        throw noInteger(x);
    }

    public static long i64TruncF64U(double x) {
        if (x > -1 && x < TWO_64) {
            return i64TruncSatF64U(x);
        }
        throw noInteger(x);
    }

    // Float to integer, saturating; a NaN gives 0. Signed: Java's cast.

    public static int i32TruncSatF32U(float x) {
        return (int) Math.clamp((long) x, 0, 0xFFFF_FFFFL);
    }

    public static int i32TruncSatF64U(double x) {
        return (int) Math.clamp((long) x, 0, 0xFFFF_FFFFL);
    }

    public static long i64TruncSatF32U(float x) {
        return i64TruncSatF64U(x);
    }

    /// From 2^63 on the upper half: x - 2^63 is exact there, and Java's cast saturates.
    public static long i64TruncSatF64U(double x) {
        if (x < TWO_63) {
            return Math.max((long) x, 0);
        }
        return Double.isNaN(x) ? 0 : (long) (x - TWO_63) ^ Long.MIN_VALUE;
    }

    // Unsigned integer to float.

    public static float f32ConvertI32U(int x) {
        return (float) Integer.toUnsignedLong(x);
    }

    /// Halving keeps the lowest bit sticky, so that the one rounding sees it.
    public static float f32ConvertI64U(long x) {
        return x >= 0 ? (float) x : (float) ((x >>> 1) | (x & 1)) * 2;
    }

    public static double f64ConvertI32U(int x) {
        return (double) Integer.toUnsignedLong(x);
    }

    /// Halving keeps the lowest bit sticky, so that the one rounding sees it.
    public static double f64ConvertI64U(long x) {
        return x >= 0 ? (double) x : (double) ((x >>> 1) | (x & 1)) * 2;
    }

    // Float to float.

    public static float f32DemoteF64(double x) {
        return (float) x;
    }

    public static double f64PromoteF32(float x) {
        return (double) x;
    }

    // Canonical NaNs, for runs that must give the same bits everywhere.

    public static float canonicalNaN32(float x) {
        return Float.isNaN(x) ? Float.intBitsToFloat(0x7FC0_0000) : x;
    }

    public static double canonicalNaN64(double x) {
        return Double.isNaN(x) ? Double.longBitsToDouble(0x7FF8_0000_0000_0000L) : x;
    }

    private static Trap divideByZero() {
        return new Trap(TrapKind.INTEGER_DIVIDE_BY_ZERO);
    }

    private static Trap overflow() {
        return new Trap(TrapKind.INTEGER_OVERFLOW);
    }

    private static Trap noInteger(double x) {
        return new Trap(Double.isNaN(x) ? TrapKind.INVALID_CONVERSION : TrapKind.INTEGER_OVERFLOW);
    }
}
