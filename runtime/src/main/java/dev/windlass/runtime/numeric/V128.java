package dev.windlass.runtime.numeric;

import dev.windlass.runtime.boundary.Raw;

/// Vectors in memory, two slots each, the low half first; and what treats them as 128 bits.
/// `x`, `y` and `z` are addresses of operands, `d` of the result, which may lie over an operand:
/// every operation reads all before it writes.
final class V128 {
    private V128() {}

    static long low(long x) {
        return Raw.getLong(x);
    }

    static long high(long x) {
        return Raw.getLong(x + 8);
    }

    static void put(long d, long low, long high) {
        Raw.putLong(d, low);
        Raw.putLong(d + 8, high);
    }

    /// Also loads and stores.
    static void copy(long x, long d) {
        put(d, low(x), high(x));
    }

    // spotless:off one operation, one line
    static void not(long x, long d) { put(d, ~low(x), ~high(x)); }
    static void and(long x, long y, long d) { put(d, low(x) & low(y), high(x) & high(y)); }
    static void andnot(long x, long y, long d) { put(d, low(x) & ~low(y), high(x) & ~high(y)); }
    static void or(long x, long y, long d) { put(d, low(x) | low(y), high(x) | high(y)); }
    static void xor(long x, long y, long d) { put(d, low(x) ^ low(y), high(x) ^ high(y)); }
    static void bitselect(long x, long y, long z, long d) { put(d, Lanes.select(low(z), low(x), low(y)), Lanes.select(high(z), high(x), high(y))); }
    static int anyTrue(long x) { return (low(x) | high(x)) != 0 ? 1 : 0; }
    // spotless:on

    /// Sixteen bytes of the 32 in x and y, chosen by the instruction's lanes (each less than 32).
    static void shuffle(long x, long y, long lanesLow, long lanesHigh, long d) {
        put(d, chosen(x, y, lanesLow), chosen(x, y, lanesHigh));
    }

    private static long chosen(long x, long y, long lanes) {
        long bytes = 0;
        for (int at = 0; at < Long.SIZE; at += 8) {
            int lane = (int) (lanes >>> at) & 31;
            byte b = Raw.getByte(lane < 16 ? x + lane : y + lane - 16);
            bytes |= (b & 0xFFL) << at;
        }
        return bytes;
    }

    /// One lane of `w` bits replaced by the low bits of `value`.
    static void replace(long x, int lane, long value, long d, int w) {
        int at = lane * w;
        long mask = (-1L >>> -w) << at;
        if (at < Long.SIZE) {
            put(d, Lanes.select(mask, value << at, low(x)), high(x));
        } else {
            put(d, low(x), Lanes.select(mask, value << at, high(x)));
        }
    }

    static void load8x8S(long address, long d) {
        long bytes = Raw.getLong(address);
        put(d, Lanes.extend8S(Lanes.low(bytes)), Lanes.extend8S(Lanes.high(bytes)));
    }

    static void load8x8U(long address, long d) {
        long bytes = Raw.getLong(address);
        put(d, Lanes.extend8U(Lanes.low(bytes)), Lanes.extend8U(Lanes.high(bytes)));
    }

    static void load16x4S(long address, long d) {
        long shorts = Raw.getLong(address);
        put(d, Lanes.extend16S(Lanes.low(shorts)), Lanes.extend16S(Lanes.high(shorts)));
    }

    static void load16x4U(long address, long d) {
        long shorts = Raw.getLong(address);
        put(d, Lanes.extend16U(Lanes.low(shorts)), Lanes.extend16U(Lanes.high(shorts)));
    }

    static void load32x2S(long address, long d) {
        long ints = Raw.getLong(address);
        put(d, ints << 32 >> 32, ints >> 32);
    }

    static void load32x2U(long address, long d) {
        long ints = Raw.getLong(address);
        put(d, ints & 0xFFFF_FFFFL, ints >>> 32);
    }

    // spotless:off one operation, one line
    static void load8Splat(long address, long d) { I8x16.splat(Raw.getByte(address), d); }
    static void load16Splat(long address, long d) { I16x8.splat(Raw.getShort(address), d); }
    static void load32Splat(long address, long d) { I32x4.splat(Raw.getInt(address), d); }
    static void load64Splat(long address, long d) { I64x2.splat(Raw.getLong(address), d); }
    static void load32Zero(long address, long d) { put(d, Raw.getInt(address) & 0xFFFF_FFFFL, 0); }
    static void load64Zero(long address, long d) { put(d, Raw.getLong(address), 0); }
    static void load8Lane(long address, long x, int lane, long d) { replace(x, lane, Raw.getByte(address), d, 8); }
    static void load16Lane(long address, long x, int lane, long d) { replace(x, lane, Raw.getShort(address), d, 16); }
    static void load32Lane(long address, long x, int lane, long d) { replace(x, lane, Raw.getInt(address), d, 32); }
    static void load64Lane(long address, long x, int lane, long d) { replace(x, lane, Raw.getLong(address), d, 64); }
    static void store8Lane(long address, long x, int lane) { Raw.putByte(address, Raw.getByte(x + lane)); }
    static void store16Lane(long address, long x, int lane) { Raw.putShort(address, Raw.getShort(x + lane * 2L)); }
    static void store32Lane(long address, long x, int lane) { Raw.putInt(address, Raw.getInt(x + lane * 4L)); }
    static void store64Lane(long address, long x, int lane) { Raw.putLong(address, Raw.getLong(x + lane * 8L)); }
    // spotless:on
}
