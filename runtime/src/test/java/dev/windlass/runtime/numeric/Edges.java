package dev.windlass.runtime.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Operands at which operations go wrong, as bits.
final class Edges {
    static final long SEED = 20_260_101;

    private static final int[] INTS = {
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
        33,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x10000,
        0x7FFF_FFFF,
        0x8000_0000,
        0x8000_0001,
        0x5555_5555,
        0xAAAA_AAAA,
        0x0102_0304,
        0xFF7F_8001,
    };
    private static final float[] FLOATS = {
        0f,
        -0f,
        1f,
        -1f,
        0.5f,
        -0.5f,
        0.49999997f,
        1.5f,
        2.5f,
        -1.5f,
        -2.5f,
        3.9f,
        -0.9999999f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0x1p31f,
        -0x1p31f,
        0x1.fffffep30f,
        -0x1.000002p31f,
        0x1p32f,
        0x1.fffffep31f,
        0x1p63f,
        -0x1p63f,
        0x1.fffffep62f,
        0x1p64f,
        0x1.fffffep63f,
        8388607.5f,
        8388608f,
        16777216f,
        3.14159f,
        1e-10f,
    };
    private static final int[] NANS = {
        0x7FC0_0000, 0xFFC0_0000, 0x7F80_0001, 0xFFA0_0000, 0x7FC0_1234, 0x7FFF_FFFF, 0xFFBF_FFFF,
    };
    private static final double[] DOUBLES = {
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Double.MAX_VALUE,
        2147483647.0,
        2147483647.9,
        2147483648.0,
        -2147483648.0,
        -2147483648.9,
        -2147483649.0,
        4294967295.0,
        4294967295.9,
        4294967296.0,
        0x1.fffffffffffffp62,
        0x1.fffffffffffffp63,
        4503599627370495.5,
        0.49999999999999994,
        -0.9999999999999999,
        1.0000000596046448,
        3.4028235677973366e38,
        1.4e-45,
        0.7e-45,
        1e300,
        -1e-300,
    };
    private static final long[] NANS_64 = {
        0x7FF8_0000_0000_0000L, 0xFFF8_0000_0000_0000L, 0x7FF0_0000_0000_0001L,
        0xFFF4_0000_0000_0000L, 0x7FF8_0000_1234_0000L, 0x7FFF_FFFF_FFFF_FFFFL,
        0xFFF7_FFFF_FFFF_FFFFL,
    };

    private Edges() {}

    static long[] i32() {
        List<Long> all = new ArrayList<>();
        for (int n : INTS) {
            all.add((long) n);
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 10; i++) {
            all.add((long) random.nextInt());
        }
        return toArray(all);
    }

    static long[] i64() {
        List<Long> all = new ArrayList<>();
        for (int n : INTS) {
            all.add((long) n);
            all.add((long) n << 32);
            all.add(((long) n << 32) + n);
        }
        for (int exponent : new int[] {23, 24, 31, 32, 52, 53, 54, 62, 63}) {
            // Around the points where conversions to floats have to round.
            all.add((1L << exponent) - 1);
            all.add((1L << exponent) + 1);
            all.add((1L << exponent) + (1L << (exponent - 24 + (exponent == 23 ? 1 : 0))));
            all.add((1L << exponent) + (1L << Math.max(0, exponent - 53)) + 1);
        }
        Random random = new Random(SEED);
        for (int i = 0; i < 10; i++) {
            all.add(random.nextLong());
        }
        return toArray(all);
    }

    static long[] f32() {
        List<Long> all = new ArrayList<>();
        for (float f : FLOATS) {
            all.add((long) Float.floatToRawIntBits(f));
        }
        for (int nan : NANS) {
            all.add((long) nan);
        }
        return toArray(all);
    }

    static long[] f64() {
        List<Long> all = new ArrayList<>();
        for (float f : FLOATS) {
            all.add(Double.doubleToRawLongBits(f));
        }
        for (double d : DOUBLES) {
            all.add(Double.doubleToRawLongBits(d));
        }
        for (long nan : NANS_64) {
            all.add(nan);
        }
        return toArray(all);
    }

    private static long[] toArray(List<Long> all) {
        return all.stream().mapToLong(Long::longValue).toArray();
    }
}
