package dev.windlass.runtime.numeric;

import static dev.windlass.runtime.numeric.V128.high;
import static dev.windlass.runtime.numeric.V128.low;
import static dev.windlass.runtime.numeric.V128.put;

import dev.windlass.runtime.boundary.Raw;

/// Vectors of sixteen 8-bit integers.
/// Operands and results as in [V128].
final class I8x16 {
    private I8x16() {}

    // spotless:off one operation, one line
    static void add(long x, long y, long d) { put(d, Lanes.add(low(x), low(y), Lanes.H8), Lanes.add(high(x), high(y), Lanes.H8)); }
    static void sub(long x, long y, long d) { put(d, Lanes.sub(low(x), low(y), Lanes.H8), Lanes.sub(high(x), high(y), Lanes.H8)); }
    static void neg(long x, long d) { put(d, Lanes.sub(0, low(x), Lanes.H8), Lanes.sub(0, high(x), Lanes.H8)); }
    static void abs(long x, long d) { put(d, Lanes.abs(low(x), Lanes.H8, 8), Lanes.abs(high(x), Lanes.H8, 8)); }
    static void shl(long x, int n, long d) { put(d, Lanes.shl(low(x), n, Lanes.H8, 8), Lanes.shl(high(x), n, Lanes.H8, 8)); }
    static void shrS(long x, int n, long d) { put(d, Lanes.shrS(low(x), n, Lanes.H8, 8), Lanes.shrS(high(x), n, Lanes.H8, 8)); }
    static void shrU(long x, int n, long d) { put(d, Lanes.shrU(low(x), n, Lanes.H8, 8), Lanes.shrU(high(x), n, Lanes.H8, 8)); }

    static void eq(long x, long y, long d) { put(d, Lanes.eq(low(x), low(y), Lanes.H8, 8), Lanes.eq(high(x), high(y), Lanes.H8, 8)); }
    static void ne(long x, long y, long d) { put(d, ~Lanes.eq(low(x), low(y), Lanes.H8, 8), ~Lanes.eq(high(x), high(y), Lanes.H8, 8)); }
    static void ltS(long x, long y, long d) { put(d, Lanes.ltS(low(x), low(y), Lanes.H8, 8), Lanes.ltS(high(x), high(y), Lanes.H8, 8)); }
    static void gtS(long x, long y, long d) { put(d, Lanes.ltS(low(y), low(x), Lanes.H8, 8), Lanes.ltS(high(y), high(x), Lanes.H8, 8)); }
    static void leS(long x, long y, long d) { put(d, ~Lanes.ltS(low(y), low(x), Lanes.H8, 8), ~Lanes.ltS(high(y), high(x), Lanes.H8, 8)); }
    static void geS(long x, long y, long d) { put(d, ~Lanes.ltS(low(x), low(y), Lanes.H8, 8), ~Lanes.ltS(high(x), high(y), Lanes.H8, 8)); }
    static void ltU(long x, long y, long d) { put(d, Lanes.ltU(low(x), low(y), Lanes.H8, 8), Lanes.ltU(high(x), high(y), Lanes.H8, 8)); }
    static void gtU(long x, long y, long d) { put(d, Lanes.ltU(low(y), low(x), Lanes.H8, 8), Lanes.ltU(high(y), high(x), Lanes.H8, 8)); }
    static void leU(long x, long y, long d) { put(d, ~Lanes.ltU(low(y), low(x), Lanes.H8, 8), ~Lanes.ltU(high(y), high(x), Lanes.H8, 8)); }
    static void geU(long x, long y, long d) { put(d, ~Lanes.ltU(low(x), low(y), Lanes.H8, 8), ~Lanes.ltU(high(x), high(y), Lanes.H8, 8)); }

    static void minS(long x, long y, long d) { put(d, Lanes.minS(low(x), low(y), Lanes.H8, 8), Lanes.minS(high(x), high(y), Lanes.H8, 8)); }
    static void minU(long x, long y, long d) { put(d, Lanes.minU(low(x), low(y), Lanes.H8, 8), Lanes.minU(high(x), high(y), Lanes.H8, 8)); }
    static void maxS(long x, long y, long d) { put(d, Lanes.maxS(low(x), low(y), Lanes.H8, 8), Lanes.maxS(high(x), high(y), Lanes.H8, 8)); }
    static void maxU(long x, long y, long d) { put(d, Lanes.maxU(low(x), low(y), Lanes.H8, 8), Lanes.maxU(high(x), high(y), Lanes.H8, 8)); }
    static void addSatS(long x, long y, long d) { put(d, Lanes.addSatS(low(x), low(y), Lanes.H8, 8), Lanes.addSatS(high(x), high(y), Lanes.H8, 8)); }
    static void addSatU(long x, long y, long d) { put(d, Lanes.addSatU(low(x), low(y), Lanes.H8, 8), Lanes.addSatU(high(x), high(y), Lanes.H8, 8)); }
    static void subSatS(long x, long y, long d) { put(d, Lanes.subSatS(low(x), low(y), Lanes.H8, 8), Lanes.subSatS(high(x), high(y), Lanes.H8, 8)); }
    static void subSatU(long x, long y, long d) { put(d, Lanes.subSatU(low(x), low(y), Lanes.H8, 8), Lanes.subSatU(high(x), high(y), Lanes.H8, 8)); }
    static void avgrU(long x, long y, long d) { put(d, Lanes.avgrU(low(x), low(y), Lanes.H8), Lanes.avgrU(high(x), high(y), Lanes.H8)); }

    static int allTrue(long x) { return (Lanes.nonZero(low(x), Lanes.H8) & Lanes.nonZero(high(x), Lanes.H8)) == Lanes.H8 ? 1 : 0; }
    static int bitmask(long x) { return bitmask8(low(x)) | bitmask8(high(x)) << 8; }
    static void popcnt(long x, long d) { put(d, popcnt8(low(x)), popcnt8(high(x))); }
    static void narrowI16x8S(long x, long y, long d) { put(d, Lanes.narrow16S(low(x), high(x)), Lanes.narrow16S(low(y), high(y))); }
    static void narrowI16x8U(long x, long y, long d) { put(d, Lanes.narrow16U(low(x), high(x)), Lanes.narrow16U(low(y), high(y))); }
    static void swizzle(long x, long y, long d) { put(d, chosen(x, low(y)), chosen(x, high(y))); }

    static long extractLaneS(long x, int lane) { return Raw.getByte(x + lane); }
    static long extractLaneU(long x, int lane) { return Raw.getByte(x + lane) & 0xFF; }
    static void replaceLane(long x, int lane, long value, long d) { V128.replace(x, lane, value, d, 8); }
    static void splat(long value, long d) { long lanes = (value & 0xFF) * 0x0101_0101_0101_0101L; put(d, lanes, lanes); }
    // spotless:on

    /// The product moves the eight highest bits side by side; no two partial products meet.
    private static int bitmask8(long a) {
        return (int) ((((a & Lanes.H8) >>> 7) * 0x0102_0408_1020_4080L) >>> 56);
    }

    private static long popcnt8(long a) {
        long pairs = a - ((a >>> 1) & 0x5555_5555_5555_5555L);
        long nibbles = (pairs & 0x3333_3333_3333_3333L) + ((pairs >>> 2) & 0x3333_3333_3333_3333L);
        return (nibbles + (nibbles >>> 4)) & 0x0F0F_0F0F_0F0F_0F0FL;
    }

    private static long chosen(long x, long indices) {
        long bytes = 0;
        for (int at = 0; at < Long.SIZE; at += 8) {
            int index = (int) (indices >>> at) & 0xFF;
            if (index < 16) {
                bytes |= (Raw.getByte(x + index) & 0xFFL) << at;
            }
        }
        return bytes;
    }
}
