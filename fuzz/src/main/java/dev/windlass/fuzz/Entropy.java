package dev.windlass.fuzz;

/// Bytes as a source of choices; after their end every choice is the first one.
final class Entropy {
    private final byte[] bytes;
    private int position;

    Entropy(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isUsedUp() {
        return position >= bytes.length;
    }

    int nextByte() {
        return isUsedUp() ? 0 : bytes[position++] & 0xFF;
    }

    /// A number from 0 to `bound` - 1, from one byte or two.
    int below(int bound) {
        int value = bound <= 256 ? nextByte() : nextByte() << 8 | nextByte();
        return value % bound;
    }

    /// Eight bytes, often one of the values where arithmetic has its edges.
    long nextLong() {
        int kind = nextByte();
        if (kind < EDGES.length) {
            return EDGES[kind];
        }
        long value = 0;
        for (int i = 0; i < (kind & 7) + 1; i++) {
            value = value << 8 | nextByte();
        }
        return value;
    }

    private static final long[] EDGES = {
        0,
        1,
        -1,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        0xFFFF_FFFFL,
        65535,
        65536,
        131_071,
        Double.doubleToRawLongBits(Double.NaN),
        0x7FF0_0000_0000_0001L,
        Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY),
        Double.doubleToRawLongBits(-0.0),
        Double.doubleToRawLongBits(2147483648.0),
        Double.doubleToRawLongBits(0x1p63),
        Float.floatToRawIntBits(Float.NaN),
        0x7F80_0001L,
        Float.floatToRawIntBits(-0.0f),
    };
}
