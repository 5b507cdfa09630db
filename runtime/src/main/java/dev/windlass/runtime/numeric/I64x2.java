package dev.windlass.runtime.numeric;

import static dev.windlass.runtime.numeric.V128.high;
import static dev.windlass.runtime.numeric.V128.low;
import static dev.windlass.runtime.numeric.V128.put;

import dev.windlass.runtime.boundary.Raw;

/// Vectors of two 64-bit integers.
/// Operands and results as in [V128].
final class I64x2 {
    private I64x2() {}

    // spotless:off one operation, one line
    static void add(long x, long y, long d) { put(d, low(x) + low(y), high(x) + high(y)); }
    static void sub(long x, long y, long d) { put(d, low(x) - low(y), high(x) - high(y)); }
    static void mul(long x, long y, long d) { put(d, low(x) * low(y), high(x) * high(y)); }
    static void neg(long x, long d) { put(d, -low(x), -high(x)); }
    static void abs(long x, long d) { put(d, Lanes.abs(low(x), Lanes.H64, 64), Lanes.abs(high(x), Lanes.H64, 64)); }
    static void shl(long x, int n, long d) { put(d, low(x) << n, high(x) << n); }
    static void shrS(long x, int n, long d) { put(d, low(x) >> n, high(x) >> n); }
    static void shrU(long x, int n, long d) { put(d, low(x) >>> n, high(x) >>> n); }

    static void eq(long x, long y, long d) { put(d, Lanes.eq(low(x), low(y), Lanes.H64, 64), Lanes.eq(high(x), high(y), Lanes.H64, 64)); }
    static void ne(long x, long y, long d) { put(d, ~Lanes.eq(low(x), low(y), Lanes.H64, 64), ~Lanes.eq(high(x), high(y), Lanes.H64, 64)); }
    static void ltS(long x, long y, long d) { put(d, Lanes.ltS(low(x), low(y), Lanes.H64, 64), Lanes.ltS(high(x), high(y), Lanes.H64, 64)); }
    static void gtS(long x, long y, long d) { put(d, Lanes.ltS(low(y), low(x), Lanes.H64, 64), Lanes.ltS(high(y), high(x), Lanes.H64, 64)); }
    static void leS(long x, long y, long d) { put(d, ~Lanes.ltS(low(y), low(x), Lanes.H64, 64), ~Lanes.ltS(high(y), high(x), Lanes.H64, 64)); }
    static void geS(long x, long y, long d) { put(d, ~Lanes.ltS(low(x), low(y), Lanes.H64, 64), ~Lanes.ltS(high(x), high(y), Lanes.H64, 64)); }

    static int allTrue(long x) { return low(x) != 0 && high(x) != 0 ? 1 : 0; }
    static int bitmask(long x) { return (int) (low(x) >>> 63 | high(x) >>> 63 << 1); }

    static void extendLowI32x4S(long x, long d) { put(d, (long) Lanes.low(low(x)), low(x) >> 32); }
    static void extendLowI32x4U(long x, long d) { put(d, low(x) & 0xFFFF_FFFFL, low(x) >>> 32); }
    static void extendHighI32x4S(long x, long d) { put(d, (long) Lanes.low(high(x)), high(x) >> 32); }
    static void extendHighI32x4U(long x, long d) { put(d, high(x) & 0xFFFF_FFFFL, high(x) >>> 32); }
    static void extmulLowI32x4S(long x, long y, long d) { put(d, (long) Lanes.low(low(x)) * Lanes.low(low(y)), (long) Lanes.high(low(x)) * Lanes.high(low(y))); }
    static void extmulLowI32x4U(long x, long y, long d) { put(d, (low(x) & 0xFFFF_FFFFL) * (low(y) & 0xFFFF_FFFFL), (low(x) >>> 32) * (low(y) >>> 32)); }
    static void extmulHighI32x4S(long x, long y, long d) { put(d, (long) Lanes.low(high(x)) * Lanes.low(high(y)), (long) Lanes.high(high(x)) * Lanes.high(high(y))); }
    static void extmulHighI32x4U(long x, long y, long d) { put(d, (high(x) & 0xFFFF_FFFFL) * (high(y) & 0xFFFF_FFFFL), (high(x) >>> 32) * (high(y) >>> 32)); }

    static long extractLane(long x, int lane) { return Raw.getLong(x + lane * 8L); }
    static void replaceLane(long x, int lane, long value, long d) { V128.replace(x, lane, value, d, 64); }
    static void splat(long value, long d) { put(d, value, value); }
    // spotless:on
}
