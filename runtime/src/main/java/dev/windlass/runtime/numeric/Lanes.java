package dev.windlass.runtime.numeric;

/// Integer lanes of 8, 16, 32 or 64 bits held in one long, all worked on at once. `h` has the
/// highest bit of each lane set and says the width where that suffices; `w` is the width in bits.
/// What a lane carries out never reaches its neighbour: the highest bits are worked out apart.
final class Lanes {
    static final long H8 = 0x8080_8080_8080_8080L;
    static final long H16 = 0x8000_8000_8000_8000L;
    static final long H32 = 0x8000_0000_8000_0000L;
    static final long H64 = Long.MIN_VALUE;

    private Lanes() {}

    static long add(long a, long b, long h) {
        return ((a & ~h) + (b & ~h)) ^ ((a ^ b) & h);
    }

    static long sub(long a, long b, long h) {
        return ((a | h) - (b & ~h)) ^ ((a ^ ~b) & h);
    }

    /// All bits of the lanes whose highest bit is set in `m`, which has no other bits.
    static long fill(long m, int w) {
        return (m << 1) - (m >>> (w - 1));
    }

    /// The highest bits of the lanes that are not zero.
    static long nonZero(long a, long h) {
        return (((a & ~h) + ~h) | a) & h;
    }

    static long eq(long a, long b, long h, int w) {
        return fill(nonZero(a ^ b, h) ^ h, w);
    }

    static long ltU(long a, long b, long h, int w) {
        return fill(borrow(a, b, sub(a, b, h)) & h, w);
    }

    static long ltS(long a, long b, long h, int w) {
        return ltU(a ^ h, b ^ h, h, w);
    }

    /// In the highest bit of each lane: whether `a - b = d` borrowed.
    private static long borrow(long a, long b, long d) {
        return (~a & b) | ((~a | b) & d);
    }

    /// The bits of `a` where the mask is set, else those of `b`.
    static long select(long mask, long a, long b) {
        return (a & mask) | (b & ~mask);
    }

    static long minU(long a, long b, long h, int w) {
        return select(ltU(a, b, h, w), a, b);
    }

    static long maxU(long a, long b, long h, int w) {
        return select(ltU(a, b, h, w), b, a);
    }

    static long minS(long a, long b, long h, int w) {
        return select(ltS(a, b, h, w), a, b);
    }

    static long maxS(long a, long b, long h, int w) {
        return select(ltS(a, b, h, w), b, a);
    }

    static long addSatU(long a, long b, long h, int w) {
        long sum = add(a, b, h);
        return sum | fill(((a & b) | ((a | b) & ~sum)) & h, w);
    }

    static long subSatU(long a, long b, long h, int w) {
        long difference = sub(a, b, h);
        return difference & ~fill(borrow(a, b, difference) & h, w);
    }

    static long addSatS(long a, long b, long h, int w) {
        long sum = add(a, b, h);
        return saturate(a, sum, ~(a ^ b) & (a ^ sum) & h, h, w);
    }

    static long subSatS(long a, long b, long h, int w) {
        long difference = sub(a, b, h);
        return saturate(a, difference, (a ^ b) & (a ^ difference) & h, h, w);
    }

    /// Where it overflowed: the greatest value, or the least if `a` is negative.
    private static long saturate(long a, long result, long overflowed, long h, int w) {
        long limit = ~h + ((a & h) >>> (w - 1));
        return select(fill(overflowed, w), limit, result);
    }

    /// The average, rounded up.
    static long avgrU(long a, long b, long h) {
        return (a | b) - (((a ^ b) >>> 1) & ~h);
    }

    static long abs(long a, long h, int w) {
        long negative = fill(a & h, w);
        return sub(a ^ negative, negative, h);
    }

    /// The lowest `n` bits of each lane; `n` is less than the width.
    private static long lowest(int n, long h, int w) {
        long ones = h >>> (w - 1);
        return (ones << n) - ones;
    }

    static long shl(long a, int n, long h, int w) {
        int count = n & (w - 1);
        return (a << count) & ~lowest(count, h, w);
    }

    static long shrU(long a, int n, long h, int w) {
        int count = n & (w - 1);
        return (a & ~lowest(count, h, w)) >>> count;
    }

    static long shrS(long a, int n, long h, int w) {
        long sign = h >>> (n & (w - 1));
        return sub(shrU(a, n, h, w) ^ sign, sign, h);
    }

    /// The products' low halves; for 16 and 32 bits.
    static long mul(long a, long b, int w) {
        long lane = (1L << w) - 1;
        long product = 0;
        for (int at = 0; at < Long.SIZE; at += w) {
            product |= (((a >>> at) * (b >>> at)) & lane) << at;
        }
        return product;
    }

    /// The lower halves of the lanes, sign-extended.
    static long evenS(long a, long h, int w) {
        return shrS(shl(a, w >> 1, h, w), w >> 1, h, w);
    }

    /// The lower halves of the lanes, zero-extended.
    static long evenU(long a, long h, int w) {
        return a & lowest(w >> 1, h, w);
    }

    /// The upper halves of the lanes, sign-extended.
    static long oddS(long a, long h, int w) {
        return shrS(a, w >> 1, h, w);
    }

    /// The upper halves of the lanes, zero-extended.
    static long oddU(long a, long h, int w) {
        return shrU(a, w >> 1, h, w);
    }

    /// Four lanes of 8 bits to 16, zero-extended.
    static long extend8U(int a) {
        long pairs = extend16U(a);
        return (pairs | (pairs << 8)) & 0x00FF_00FF_00FF_00FFL;
    }

    static long extend8S(int a) {
        return sub(extend8U(a) ^ 0x0080_0080_0080_0080L, 0x0080_0080_0080_0080L, H16);
    }

    /// Two lanes of 16 bits to 32, zero-extended.
    static long extend16U(int a) {
        return (a & 0xFFFFL) | ((a & 0xFFFF_0000L) << 16);
    }

    static long extend16S(int a) {
        return ints((short) a, a >> 16);
    }

    /// The lower halves of lanes of 16 bits, packed into the low half of the result.
    private static long pack16(long a) {
        long bytes = a & 0x00FF_00FF_00FF_00FFL;
        long pairs = (bytes | (bytes >>> 8)) & 0x0000_FFFF_0000_FFFFL;
        return (pairs | (pairs >>> 16)) & 0xFFFF_FFFFL;
    }

    /// Eight lanes of 16 bits saturated to signed 8.
    static long narrow16S(long a, long b) {
        return pack16(clamp16(a, -0x80, 0x7F)) | (pack16(clamp16(b, -0x80, 0x7F)) << 32);
    }

    /// Eight signed lanes of 16 bits saturated to unsigned 8.
    static long narrow16U(long a, long b) {
        return pack16(clamp16(a, 0, 0xFF)) | (pack16(clamp16(b, 0, 0xFF)) << 32);
    }

    private static long clamp16(long a, int least, int greatest) {
        long low = (least & 0xFFFFL) * 0x0001_0001_0001_0001L;
        long high = greatest * 0x0001_0001_0001_0001L;
        return minS(maxS(a, low, H16, 16), high, H16, 16);
    }

    /// Four lanes of 32 bits saturated to 16.
    static long narrow32(long a, long b, int least, int greatest) {
        return clamp(low(a), least, greatest)
                | (clamp(high(a), least, greatest) << 16)
                | (clamp(low(b), least, greatest) << 32)
                | (clamp(high(b), least, greatest) << 48);
    }

    private static long clamp(int a, int least, int greatest) {
        return Math.max(least, Math.min(a, greatest)) & 0xFFFFL;
    }

    static int low(long a) {
        return (int) a;
    }

    static int high(long a) {
        return (int) (a >>> 32);
    }

    /// Two lanes of 32 bits.
    static long ints(int low, int high) {
        return (low & 0xFFFF_FFFFL) | ((long) high << 32);
    }

    static long floats(float low, float high) {
        return ints(Float.floatToRawIntBits(low), Float.floatToRawIntBits(high));
    }

    /// All bits, or none.
    static int mask(boolean condition) {
        return condition ? -1 : 0;
    }
}
