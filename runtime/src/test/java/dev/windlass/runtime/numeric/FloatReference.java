package dev.windlass.runtime.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Float operations the slow way: by the specification's words on exact numbers. A value is a
/// double that holds an f32 or f64 exactly; a NaN result stands for any NaN that the specification
/// allows (see [#accepts32]).
final class FloatReference {
    private FloatReference() {}

    static double round(double x, RoundingMode mode) {
        if (Double.isNaN(x) || Double.isInfinite(x) || x == 0) {
            return x;
        }
        return Math.copySign(new BigDecimal(x).setScale(0, mode).doubleValue(), x);
    }

    static RoundingMode towards(String operation) {
        return switch (operation) {
            case "ceil" -> RoundingMode.CEILING;
            case "floor" -> RoundingMode.FLOOR;
            case "trunc" -> RoundingMode.DOWN;
            case "nearest" -> RoundingMode.HALF_EVEN;
            default -> throw new AssertionError(operation);
        };
    }

    static double min(double x, double y) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        if (x == 0 && y == 0) {
            return isNegative(x) ? x : y;
        }
        return x < y ? x : y;
    }

    static double max(double x, double y) {
        return -min(-x, -y);
    }

    static boolean isNegative(double x) {
        return Double.doubleToRawLongBits(x) < 0;
    }

    /// The integer part if it lies in a range of that many bits, null if not (or NaN).
    static @Nullable BigInteger truncated(double x, int bits, boolean isSigned) {
        if (Double.isNaN(x) || Double.isInfinite(x)) {
            return null;
        }
        BigInteger n = new BigDecimal(x).toBigInteger();
        return n.compareTo(least(bits, isSigned)) < 0 || n.compareTo(greatest(bits, isSigned)) > 0
                ? null
                : n;
    }

    static BigInteger saturated(double x, int bits, boolean isSigned) {
        if (Double.isNaN(x)) {
            return BigInteger.ZERO;
        }
        BigInteger n = truncated(x, bits, isSigned);
        return n != null ? n : x < 0 ? least(bits, isSigned) : greatest(bits, isSigned);
    }

    static BigInteger least(int bits, boolean isSigned) {
        return isSigned ? BigInteger.TWO.pow(bits - 1).negate() : BigInteger.ZERO;
    }

    static BigInteger greatest(int bits, boolean isSigned) {
        return BigInteger.TWO.pow(isSigned ? bits - 1 : bits).subtract(BigInteger.ONE);
    }

    /// Whether the bits are what the specification allows: the expected bits, or for an expected NaN
    /// a canonical one if no operand is another NaN, else a quiet one.
    static boolean accepts32(float expected, int actual, boolean operandsHaveOddNaN) {
        if (!Float.isNaN(expected)) {
            return Float.floatToRawIntBits(expected) == actual;
        }
        int magnitude = actual & Integer.MAX_VALUE;
        return operandsHaveOddNaN ? magnitude >= 0x7FC0_0000 : magnitude == 0x7FC0_0000;
    }

    static boolean accepts64(double expected, long actual, boolean operandsHaveOddNaN) {
        if (!Double.isNaN(expected)) {
            return Double.doubleToRawLongBits(expected) == actual;
        }
        long magnitude = actual & Long.MAX_VALUE;
        long canonical = 0x7FF8_0000_0000_0000L;
        return operandsHaveOddNaN ? magnitude >= canonical : magnitude == canonical;
    }

    static boolean isOddNaN32(int bits) {
        int magnitude = bits & Integer.MAX_VALUE;
        return magnitude > 0x7F80_0000 && magnitude != 0x7FC0_0000;
    }

    static boolean isOddNaN64(long bits) {
        long magnitude = bits & Long.MAX_VALUE;
        return magnitude > 0x7FF0_0000_0000_0000L && magnitude != 0x7FF8_0000_0000_0000L;
    }
}
