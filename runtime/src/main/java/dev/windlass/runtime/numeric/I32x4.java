package dev.windlass.runtime.numeric;

import static dev.windlass.runtime.numeric.V128.high;
import static dev.windlass.runtime.numeric.V128.low;
import static dev.windlass.runtime.numeric.V128.put;

import dev.windlass.runtime.boundary.Raw;

/// Vectors of four 32-bit integers.
/// Operands and results as in [V128].
final class I32x4 {
    private I32x4() {}

    // spotless:off one operation, one line
    static void add(long x, long y, long d) { put(d, Lanes.add(low(x), low(y), Lanes.H32), Lanes.add(high(x), high(y), Lanes.H32)); }
    static void sub(long x, long y, long d) { put(d, Lanes.sub(low(x), low(y), Lanes.H32), Lanes.sub(high(x), high(y), Lanes.H32)); }
    static void mul(long x, long y, long d) { put(d, Lanes.mul(low(x), low(y), 32), Lanes.mul(high(x), high(y), 32)); }
    static void neg(long x, long d) { put(d, Lanes.sub(0, low(x), Lanes.H32), Lanes.sub(0, high(x), Lanes.H32)); }
    static void abs(long x, long d) { put(d, Lanes.abs(low(x), Lanes.H32, 32), Lanes.abs(high(x), Lanes.H32, 32)); }
    static void shl(long x, int n, long d) { put(d, Lanes.shl(low(x), n, Lanes.H32, 32), Lanes.shl(high(x), n, Lanes.H32, 32)); }
    static void shrS(long x, int n, long d) { put(d, Lanes.shrS(low(x), n, Lanes.H32, 32), Lanes.shrS(high(x), n, Lanes.H32, 32)); }
    static void shrU(long x, int n, long d) { put(d, Lanes.shrU(low(x), n, Lanes.H32, 32), Lanes.shrU(high(x), n, Lanes.H32, 32)); }

    static void eq(long x, long y, long d) { put(d, Lanes.eq(low(x), low(y), Lanes.H32, 32), Lanes.eq(high(x), high(y), Lanes.H32, 32)); }
    static void ne(long x, long y, long d) { put(d, ~Lanes.eq(low(x), low(y), Lanes.H32, 32), ~Lanes.eq(high(x), high(y), Lanes.H32, 32)); }
    static void ltS(long x, long y, long d) { put(d, Lanes.ltS(low(x), low(y), Lanes.H32, 32), Lanes.ltS(high(x), high(y), Lanes.H32, 32)); }
    static void gtS(long x, long y, long d) { put(d, Lanes.ltS(low(y), low(x), Lanes.H32, 32), Lanes.ltS(high(y), high(x), Lanes.H32, 32)); }
    static void leS(long x, long y, long d) { put(d, ~Lanes.ltS(low(y), low(x), Lanes.H32, 32), ~Lanes.ltS(high(y), high(x), Lanes.H32, 32)); }
    static void geS(long x, long y, long d) { put(d, ~Lanes.ltS(low(x), low(y), Lanes.H32, 32), ~Lanes.ltS(high(x), high(y), Lanes.H32, 32)); }
    static void ltU(long x, long y, long d) { put(d, Lanes.ltU(low(x), low(y), Lanes.H32, 32), Lanes.ltU(high(x), high(y), Lanes.H32, 32)); }
    static void gtU(long x, long y, long d) { put(d, Lanes.ltU(low(y), low(x), Lanes.H32, 32), Lanes.ltU(high(y), high(x), Lanes.H32, 32)); }
    static void leU(long x, long y, long d) { put(d, ~Lanes.ltU(low(y), low(x), Lanes.H32, 32), ~Lanes.ltU(high(y), high(x), Lanes.H32, 32)); }
    static void geU(long x, long y, long d) { put(d, ~Lanes.ltU(low(x), low(y), Lanes.H32, 32), ~Lanes.ltU(high(x), high(y), Lanes.H32, 32)); }

    static void minS(long x, long y, long d) { put(d, Lanes.minS(low(x), low(y), Lanes.H32, 32), Lanes.minS(high(x), high(y), Lanes.H32, 32)); }
    static void minU(long x, long y, long d) { put(d, Lanes.minU(low(x), low(y), Lanes.H32, 32), Lanes.minU(high(x), high(y), Lanes.H32, 32)); }
    static void maxS(long x, long y, long d) { put(d, Lanes.maxS(low(x), low(y), Lanes.H32, 32), Lanes.maxS(high(x), high(y), Lanes.H32, 32)); }
    static void maxU(long x, long y, long d) { put(d, Lanes.maxU(low(x), low(y), Lanes.H32, 32), Lanes.maxU(high(x), high(y), Lanes.H32, 32)); }

    static int allTrue(long x) { return (Lanes.nonZero(low(x), Lanes.H32) & Lanes.nonZero(high(x), Lanes.H32)) == Lanes.H32 ? 1 : 0; }
    static int bitmask(long x) { return bitmask32(low(x)) | bitmask32(high(x)) << 2; }
    static void dotI16x8S(long x, long y, long d) { put(d, dot16(low(x), low(y)), dot16(high(x), high(y))); }
    static void relaxedDotI8x16I7x16AddS(long x, long y, long z, long d) { put(d, dot8(low(x), low(y), low(z)), dot8(high(x), high(y), high(z))); }

    static void extendLowI16x8S(long x, long d) { put(d, Lanes.extend16S(Lanes.low(low(x))), Lanes.extend16S(Lanes.high(low(x)))); }
    static void extendLowI16x8U(long x, long d) { put(d, Lanes.extend16U(Lanes.low(low(x))), Lanes.extend16U(Lanes.high(low(x)))); }
    static void extendHighI16x8S(long x, long d) { put(d, Lanes.extend16S(Lanes.low(high(x))), Lanes.extend16S(Lanes.high(high(x)))); }
    static void extendHighI16x8U(long x, long d) { put(d, Lanes.extend16U(Lanes.low(high(x))), Lanes.extend16U(Lanes.high(high(x)))); }
    static void extmulLowI16x8S(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend16S(Lanes.low(low(x))), Lanes.extend16S(Lanes.low(low(y))), 32), Lanes.mul(Lanes.extend16S(Lanes.high(low(x))), Lanes.extend16S(Lanes.high(low(y))), 32)); }
    static void extmulLowI16x8U(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend16U(Lanes.low(low(x))), Lanes.extend16U(Lanes.low(low(y))), 32), Lanes.mul(Lanes.extend16U(Lanes.high(low(x))), Lanes.extend16U(Lanes.high(low(y))), 32)); }
    static void extmulHighI16x8S(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend16S(Lanes.low(high(x))), Lanes.extend16S(Lanes.low(high(y))), 32), Lanes.mul(Lanes.extend16S(Lanes.high(high(x))), Lanes.extend16S(Lanes.high(high(y))), 32)); }
    static void extmulHighI16x8U(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend16U(Lanes.low(high(x))), Lanes.extend16U(Lanes.low(high(y))), 32), Lanes.mul(Lanes.extend16U(Lanes.high(high(x))), Lanes.extend16U(Lanes.high(high(y))), 32)); }
    static void extaddPairwiseI16x8S(long x, long d) { put(d, Lanes.add(Lanes.evenS(low(x), Lanes.H32, 32), Lanes.oddS(low(x), Lanes.H32, 32), Lanes.H32), Lanes.add(Lanes.evenS(high(x), Lanes.H32, 32), Lanes.oddS(high(x), Lanes.H32, 32), Lanes.H32)); }
    static void extaddPairwiseI16x8U(long x, long d) { put(d, Lanes.add(Lanes.evenU(low(x), Lanes.H32, 32), Lanes.oddU(low(x), Lanes.H32, 32), Lanes.H32), Lanes.add(Lanes.evenU(high(x), Lanes.H32, 32), Lanes.oddU(high(x), Lanes.H32, 32), Lanes.H32)); }

    static long extractLane(long x, int lane) { return Raw.getInt(x + lane * 4L); }
    static void replaceLane(long x, int lane, long value, long d) { V128.replace(x, lane, value, d, 32); }
    static void splat(long value, long d) { long lanes = Lanes.ints((int) value, (int) value); put(d, lanes, lanes); }

    static void truncSatF32x4S(long x, long d) { put(d, Lanes.ints((int) F32x4.lane(x, 0), (int) F32x4.lane(x, 1)), Lanes.ints((int) F32x4.lane(x, 2), (int) F32x4.lane(x, 3))); }
    static void truncSatF32x4U(long x, long d) { put(d, Lanes.ints(Numerics.i32TruncSatF32U(F32x4.lane(x, 0)), Numerics.i32TruncSatF32U(F32x4.lane(x, 1))), Lanes.ints(Numerics.i32TruncSatF32U(F32x4.lane(x, 2)), Numerics.i32TruncSatF32U(F32x4.lane(x, 3)))); }
    static void truncSatF64x2SZero(long x, long d) { put(d, Lanes.ints((int) F64x2.lane(x, 0), (int) F64x2.lane(x, 1)), 0); }
    static void truncSatF64x2UZero(long x, long d) { put(d, Lanes.ints(Numerics.i32TruncSatF64U(F64x2.lane(x, 0)), Numerics.i32TruncSatF64U(F64x2.lane(x, 1))), 0); }
    // spotless:on

    private static int bitmask32(long a) {
        return (int) (((a >>> 31) & 1) | ((a >>> 62) & 2));
    }

    /// Sums of two products of signed 16-bit lanes.
    private static long dot16(long a, long b) {
        long even = Lanes.mul(Lanes.evenS(a, Lanes.H32, 32), Lanes.evenS(b, Lanes.H32, 32), 32);
        long odd = Lanes.mul(Lanes.oddS(a, Lanes.H32, 32), Lanes.oddS(b, Lanes.H32, 32), 32);
        return Lanes.add(even, odd, Lanes.H32);
    }

    /// Sums of four products of signed 8-bit lanes, saturated after two, and of `c`.
    private static long dot8(long a, long b, long c) {
        long pairs = I16x8.dot8(a, b);
        long even = Lanes.evenS(pairs, Lanes.H32, 32);
        long odd = Lanes.oddS(pairs, Lanes.H32, 32);
        return Lanes.add(Lanes.add(even, odd, Lanes.H32), c, Lanes.H32);
    }
}
