package dev.windlass.runtime.numeric;

import static dev.windlass.runtime.numeric.V128.high;
import static dev.windlass.runtime.numeric.V128.low;
import static dev.windlass.runtime.numeric.V128.put;

import dev.windlass.runtime.boundary.Raw;

/// Vectors of eight 16-bit integers.
/// Operands and results as in [V128].
final class I16x8 {
    private I16x8() {}

    // spotless:off one operation, one line
    static void add(long x, long y, long d) { put(d, Lanes.add(low(x), low(y), Lanes.H16), Lanes.add(high(x), high(y), Lanes.H16)); }
    static void sub(long x, long y, long d) { put(d, Lanes.sub(low(x), low(y), Lanes.H16), Lanes.sub(high(x), high(y), Lanes.H16)); }
    static void mul(long x, long y, long d) { put(d, Lanes.mul(low(x), low(y), 16), Lanes.mul(high(x), high(y), 16)); }
    static void neg(long x, long d) { put(d, Lanes.sub(0, low(x), Lanes.H16), Lanes.sub(0, high(x), Lanes.H16)); }
    static void abs(long x, long d) { put(d, Lanes.abs(low(x), Lanes.H16, 16), Lanes.abs(high(x), Lanes.H16, 16)); }
    static void shl(long x, int n, long d) { put(d, Lanes.shl(low(x), n, Lanes.H16, 16), Lanes.shl(high(x), n, Lanes.H16, 16)); }
    static void shrS(long x, int n, long d) { put(d, Lanes.shrS(low(x), n, Lanes.H16, 16), Lanes.shrS(high(x), n, Lanes.H16, 16)); }
    static void shrU(long x, int n, long d) { put(d, Lanes.shrU(low(x), n, Lanes.H16, 16), Lanes.shrU(high(x), n, Lanes.H16, 16)); }

    static void eq(long x, long y, long d) { put(d, Lanes.eq(low(x), low(y), Lanes.H16, 16), Lanes.eq(high(x), high(y), Lanes.H16, 16)); }
    static void ne(long x, long y, long d) { put(d, ~Lanes.eq(low(x), low(y), Lanes.H16, 16), ~Lanes.eq(high(x), high(y), Lanes.H16, 16)); }
    static void ltS(long x, long y, long d) { put(d, Lanes.ltS(low(x), low(y), Lanes.H16, 16), Lanes.ltS(high(x), high(y), Lanes.H16, 16)); }
    static void gtS(long x, long y, long d) { put(d, Lanes.ltS(low(y), low(x), Lanes.H16, 16), Lanes.ltS(high(y), high(x), Lanes.H16, 16)); }
    static void leS(long x, long y, long d) { put(d, ~Lanes.ltS(low(y), low(x), Lanes.H16, 16), ~Lanes.ltS(high(y), high(x), Lanes.H16, 16)); }
    static void geS(long x, long y, long d) { put(d, ~Lanes.ltS(low(x), low(y), Lanes.H16, 16), ~Lanes.ltS(high(x), high(y), Lanes.H16, 16)); }
    static void ltU(long x, long y, long d) { put(d, Lanes.ltU(low(x), low(y), Lanes.H16, 16), Lanes.ltU(high(x), high(y), Lanes.H16, 16)); }
    static void gtU(long x, long y, long d) { put(d, Lanes.ltU(low(y), low(x), Lanes.H16, 16), Lanes.ltU(high(y), high(x), Lanes.H16, 16)); }
    static void leU(long x, long y, long d) { put(d, ~Lanes.ltU(low(y), low(x), Lanes.H16, 16), ~Lanes.ltU(high(y), high(x), Lanes.H16, 16)); }
    static void geU(long x, long y, long d) { put(d, ~Lanes.ltU(low(x), low(y), Lanes.H16, 16), ~Lanes.ltU(high(x), high(y), Lanes.H16, 16)); }

    static void minS(long x, long y, long d) { put(d, Lanes.minS(low(x), low(y), Lanes.H16, 16), Lanes.minS(high(x), high(y), Lanes.H16, 16)); }
    static void minU(long x, long y, long d) { put(d, Lanes.minU(low(x), low(y), Lanes.H16, 16), Lanes.minU(high(x), high(y), Lanes.H16, 16)); }
    static void maxS(long x, long y, long d) { put(d, Lanes.maxS(low(x), low(y), Lanes.H16, 16), Lanes.maxS(high(x), high(y), Lanes.H16, 16)); }
    static void maxU(long x, long y, long d) { put(d, Lanes.maxU(low(x), low(y), Lanes.H16, 16), Lanes.maxU(high(x), high(y), Lanes.H16, 16)); }
    static void addSatS(long x, long y, long d) { put(d, Lanes.addSatS(low(x), low(y), Lanes.H16, 16), Lanes.addSatS(high(x), high(y), Lanes.H16, 16)); }
    static void addSatU(long x, long y, long d) { put(d, Lanes.addSatU(low(x), low(y), Lanes.H16, 16), Lanes.addSatU(high(x), high(y), Lanes.H16, 16)); }
    static void subSatS(long x, long y, long d) { put(d, Lanes.subSatS(low(x), low(y), Lanes.H16, 16), Lanes.subSatS(high(x), high(y), Lanes.H16, 16)); }
    static void subSatU(long x, long y, long d) { put(d, Lanes.subSatU(low(x), low(y), Lanes.H16, 16), Lanes.subSatU(high(x), high(y), Lanes.H16, 16)); }
    static void avgrU(long x, long y, long d) { put(d, Lanes.avgrU(low(x), low(y), Lanes.H16), Lanes.avgrU(high(x), high(y), Lanes.H16)); }

    static int allTrue(long x) { return (Lanes.nonZero(low(x), Lanes.H16) & Lanes.nonZero(high(x), Lanes.H16)) == Lanes.H16 ? 1 : 0; }
    static int bitmask(long x) { return bitmask16(low(x)) | bitmask16(high(x)) << 4; }
    static void narrowI32x4S(long x, long y, long d) { put(d, Lanes.narrow32(low(x), high(x), -0x8000, 0x7FFF), Lanes.narrow32(low(y), high(y), -0x8000, 0x7FFF)); }
    static void narrowI32x4U(long x, long y, long d) { put(d, Lanes.narrow32(low(x), high(x), 0, 0xFFFF), Lanes.narrow32(low(y), high(y), 0, 0xFFFF)); }
    static void q15mulrSatS(long x, long y, long d) { put(d, q15mulr(low(x), low(y)), q15mulr(high(x), high(y))); }
    static void relaxedDotI8x16I7x16S(long x, long y, long d) { put(d, dot8(low(x), low(y)), dot8(high(x), high(y))); }

    static void extendLowI8x16S(long x, long d) { put(d, Lanes.extend8S(Lanes.low(low(x))), Lanes.extend8S(Lanes.high(low(x)))); }
    static void extendLowI8x16U(long x, long d) { put(d, Lanes.extend8U(Lanes.low(low(x))), Lanes.extend8U(Lanes.high(low(x)))); }
    static void extendHighI8x16S(long x, long d) { put(d, Lanes.extend8S(Lanes.low(high(x))), Lanes.extend8S(Lanes.high(high(x)))); }
    static void extendHighI8x16U(long x, long d) { put(d, Lanes.extend8U(Lanes.low(high(x))), Lanes.extend8U(Lanes.high(high(x)))); }
    static void extmulLowI8x16S(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend8S(Lanes.low(low(x))), Lanes.extend8S(Lanes.low(low(y))), 16), Lanes.mul(Lanes.extend8S(Lanes.high(low(x))), Lanes.extend8S(Lanes.high(low(y))), 16)); }
    static void extmulLowI8x16U(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend8U(Lanes.low(low(x))), Lanes.extend8U(Lanes.low(low(y))), 16), Lanes.mul(Lanes.extend8U(Lanes.high(low(x))), Lanes.extend8U(Lanes.high(low(y))), 16)); }
    static void extmulHighI8x16S(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend8S(Lanes.low(high(x))), Lanes.extend8S(Lanes.low(high(y))), 16), Lanes.mul(Lanes.extend8S(Lanes.high(high(x))), Lanes.extend8S(Lanes.high(high(y))), 16)); }
    static void extmulHighI8x16U(long x, long y, long d) { put(d, Lanes.mul(Lanes.extend8U(Lanes.low(high(x))), Lanes.extend8U(Lanes.low(high(y))), 16), Lanes.mul(Lanes.extend8U(Lanes.high(high(x))), Lanes.extend8U(Lanes.high(high(y))), 16)); }
    static void extaddPairwiseI8x16S(long x, long d) { put(d, Lanes.add(Lanes.evenS(low(x), Lanes.H16, 16), Lanes.oddS(low(x), Lanes.H16, 16), Lanes.H16), Lanes.add(Lanes.evenS(high(x), Lanes.H16, 16), Lanes.oddS(high(x), Lanes.H16, 16), Lanes.H16)); }
    static void extaddPairwiseI8x16U(long x, long d) { put(d, Lanes.add(Lanes.evenU(low(x), Lanes.H16, 16), Lanes.oddU(low(x), Lanes.H16, 16), Lanes.H16), Lanes.add(Lanes.evenU(high(x), Lanes.H16, 16), Lanes.oddU(high(x), Lanes.H16, 16), Lanes.H16)); }

    static long extractLaneS(long x, int lane) { return Raw.getShort(x + lane * 2L); }
    static long extractLaneU(long x, int lane) { return Raw.getShort(x + lane * 2L) & 0xFFFF; }
    static void replaceLane(long x, int lane, long value, long d) { V128.replace(x, lane, value, d, 16); }
    static void splat(long value, long d) { long lanes = (value & 0xFFFF) * 0x0001_0001_0001_0001L; put(d, lanes, lanes); }
    // spotless:on

    /// The product moves the four highest bits side by side; no two partial products meet.
    private static int bitmask16(long a) {
        return (int) ((((a & Lanes.H16) >>> 15) * 0x0001_0002_0004_0008L) >>> 48) & 15;
    }

    /// The product of fractions of 15 bits, rounded; only -1 times -1 is out of range.
    private static long q15mulr(long a, long b) {
        long product = 0;
        for (int at = 0; at < Long.SIZE; at += 16) {
            int lane = ((short) (a >>> at) * (short) (b >>> at) + 0x4000) >> 15;
            product |= (Math.min(lane, Short.MAX_VALUE) & 0xFFFFL) << at;
        }
        return product;
    }

    /// Sums of two products of signed 8-bit lanes, saturated.
    static long dot8(long a, long b) {
        long even = Lanes.mul(Lanes.evenS(a, Lanes.H16, 16), Lanes.evenS(b, Lanes.H16, 16), 16);
        long odd = Lanes.mul(Lanes.oddS(a, Lanes.H16, 16), Lanes.oddS(b, Lanes.H16, 16), 16);
        return Lanes.addSatS(even, odd, Lanes.H16, 16);
    }
}
