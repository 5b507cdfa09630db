package dev.windlass.llvm;

import java.util.Random;

/// Operands where instructions have their edges, and random ones, mixed lane by lane.
final class EdgeOperands {
    private static final long[] BITS = {
        0,
        1,
        -1,
        2,
        7,
        8,
        15,
        16,
        31,
        32,
        63,
        64,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        Integer.MAX_VALUE,
        0x8000_0000L,
        0xFFFF_FFFFL,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        // Floats: infinities, quiet and signalling NaNs, the limits of integers and those beside
        // them.
        0x3F80_0000L,
        0xBF80_0000L,
        0x7F80_0000L,
        0xFF80_0000L,
        0x7FC0_0000L,
        0x7FA0_0000L,
        0xFFA1_2345L,
        0xFFC5_4321L,
        0x7F7F_FFFFL,
        0x4EFF_FFFFL,
        0x4F00_0000L,
        0xCF00_0000L,
        0xCF00_0001L,
        0x4F7F_FFFFL,
        0x4F80_0000L,
        0x5F00_0000L,
        0xDF00_0000L,
        0x3F00_0000L,
        0x3FC0_0000L,
        0xBF00_0000L,
        0x4B00_0001L,
        // Doubles.
        0x3FF0_0000_0000_0000L,
        0xBFF0_0000_0000_0000L,
        0x7FF0_0000_0000_0000L,
        0xFFF0_0000_0000_0000L,
        0x7FF8_0000_0000_0000L,
        0x7FF4_0000_0000_0000L,
        0xFFF4_0000_0000_0123L,
        0xFFF8_0000_0000_0456L,
        0x41DF_FFFF_FFC0_0000L,
        0x41DF_FFFF_FFDF_FFFFL,
        0x41E0_0000_0000_0000L,
        0xC1E0_0000_0000_0000L,
        0xC1E0_0000_0020_0000L,
        0x41EF_FFFF_FFE0_0000L,
        0x41F0_0000_0000_0000L,
        0x43E0_0000_0000_0000L,
        0xC3E0_0000_0000_0000L,
        0x43F0_0000_0000_0000L,
        0x3FE0_0000_0000_0000L,
        0x3FF8_0000_0000_0000L,
        0xBFEF_FFFF_FFFF_FFFFL,
        0x36A0_0000_0000_0000L,
        0x47EF_FFFF_EFFF_FFFFL
    };

    private final Random random;

    EdgeOperands(long seed) {
        random = new Random(seed);
    }

    private long edge() {
        return BITS[random.nextInt(BITS.length)];
    }

    /// Eight bytes: one value, lanes of one value, or lanes of different ones.
    long next() {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextLong();
            case 1 -> edge();
            case 2 -> (edge() & 0xFFFF_FFFFL) | edge() << 32;
            case 3 -> (edge() & 0xFFFF) * 0x0001_0001_0001_0001L;
            case 4 -> bytes();
            default -> edge() * 0x1_0000_0001L;
        };
    }

    private long bytes() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (random.nextBoolean() ? edge() & 0xFF : random.nextInt(256));
        }
        return value;
    }
}
