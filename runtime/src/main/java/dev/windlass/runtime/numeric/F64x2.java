package dev.windlass.runtime.numeric;

import static dev.windlass.runtime.numeric.V128.high;
import static dev.windlass.runtime.numeric.V128.low;
import static dev.windlass.runtime.numeric.V128.put;

import dev.windlass.runtime.boundary.Raw;

/// Vectors of two 64-bit floats.
/// Operands and results as in [V128].
final class F64x2 {
    private F64x2() {}

    // spotless:off one operation, one line
    static void add(long x, long y, long d) { put(d, bits(lane(x, 0) + lane(y, 0)), bits(lane(x, 1) + lane(y, 1))); }
    static void sub(long x, long y, long d) { put(d, bits(lane(x, 0) - lane(y, 0)), bits(lane(x, 1) - lane(y, 1))); }
    static void mul(long x, long y, long d) { put(d, bits(lane(x, 0) * lane(y, 0)), bits(lane(x, 1) * lane(y, 1))); }
    static void div(long x, long y, long d) { put(d, bits(lane(x, 0) / lane(y, 0)), bits(lane(x, 1) / lane(y, 1))); }
    static void min(long x, long y, long d) { put(d, bits(Numerics.f64Min(lane(x, 0), lane(y, 0))), bits(Numerics.f64Min(lane(x, 1), lane(y, 1)))); }
    static void max(long x, long y, long d) { put(d, bits(Numerics.f64Max(lane(x, 0), lane(y, 0))), bits(Numerics.f64Max(lane(x, 1), lane(y, 1)))); }

    static void sqrt(long x, long d) { put(d, bits(Numerics.f64Sqrt(lane(x, 0))), bits(Numerics.f64Sqrt(lane(x, 1)))); }
    static void ceil(long x, long d) { put(d, bits(Numerics.f64Ceil(lane(x, 0))), bits(Numerics.f64Ceil(lane(x, 1)))); }
    static void floor(long x, long d) { put(d, bits(Numerics.f64Floor(lane(x, 0))), bits(Numerics.f64Floor(lane(x, 1)))); }
    static void trunc(long x, long d) { put(d, bits(Numerics.f64Trunc(lane(x, 0))), bits(Numerics.f64Trunc(lane(x, 1)))); }
    static void nearest(long x, long d) { put(d, bits(Numerics.f64Nearest(lane(x, 0))), bits(Numerics.f64Nearest(lane(x, 1)))); }
    static void abs(long x, long d) { put(d, low(x) & ~Lanes.H64, high(x) & ~Lanes.H64); }
    static void neg(long x, long d) { put(d, low(x) ^ Lanes.H64, high(x) ^ Lanes.H64); }

    static void eq(long x, long y, long d) { put(d, Lanes.mask(lane(x, 0) == lane(y, 0)), Lanes.mask(lane(x, 1) == lane(y, 1))); }
    static void ne(long x, long y, long d) { put(d, Lanes.mask(lane(x, 0) != lane(y, 0)), Lanes.mask(lane(x, 1) != lane(y, 1))); }
    static void lt(long x, long y, long d) { put(d, Lanes.mask(lane(x, 0) < lane(y, 0)), Lanes.mask(lane(x, 1) < lane(y, 1))); }
    static void gt(long x, long y, long d) { put(d, Lanes.mask(lane(x, 0) > lane(y, 0)), Lanes.mask(lane(x, 1) > lane(y, 1))); }
    static void le(long x, long y, long d) { put(d, Lanes.mask(lane(x, 0) <= lane(y, 0)), Lanes.mask(lane(x, 1) <= lane(y, 1))); }
    static void ge(long x, long y, long d) { put(d, Lanes.mask(lane(x, 0) >= lane(y, 0)), Lanes.mask(lane(x, 1) >= lane(y, 1))); }
    static void pmin(long x, long y, long d) { put(d, lane(y, 0) < lane(x, 0) ? low(y) : low(x), lane(y, 1) < lane(x, 1) ? high(y) : high(x)); }
    static void pmax(long x, long y, long d) { put(d, lane(x, 0) < lane(y, 0) ? low(y) : low(x), lane(x, 1) < lane(y, 1) ? high(y) : high(x)); }

    static void relaxedMadd(long x, long y, long z, long d) { put(d, bits(lane(x, 0) * lane(y, 0) + lane(z, 0)), bits(lane(x, 1) * lane(y, 1) + lane(z, 1))); }
    static void relaxedNmadd(long x, long y, long z, long d) { put(d, bits(Numerics.f64Neg(lane(x, 0)) * lane(y, 0) + lane(z, 0)), bits(Numerics.f64Neg(lane(x, 1)) * lane(y, 1) + lane(z, 1))); }

    static void convertLowI32x4S(long x, long d) { put(d, bits((double) Raw.getInt(x)), bits((double) Raw.getInt(x + 4))); }
    static void convertLowI32x4U(long x, long d) { put(d, bits(Numerics.f64ConvertI32U(Raw.getInt(x))), bits(Numerics.f64ConvertI32U(Raw.getInt(x + 4)))); }
    static void promoteLowF32x4(long x, long d) { put(d, bits((double) F32x4.lane(x, 0)), bits((double) F32x4.lane(x, 1))); }
    // spotless:on

    static double lane(long x, int lane) {
        return Raw.getDouble(x + lane * 8L);
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
