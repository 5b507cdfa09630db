package dev.windlass.wasm.text;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// The values of number tokens.
final class Numbers {
    /// Enough to tell any exponent apart from one that a number of that many digits can make up for.
    private static final long HUGE = 1L << 40;

    private Numbers() {}

    /// An integer of so many bits, as its two's complement, or null if it is out of range.
    ///
    /// @param text a sign perhaps, and digits
    static @Nullable Long integer(String text, int bits) {
        boolean negative = text.charAt(0) == '-';
        String digits = unsigned(text).replace("_", "");
        boolean hex = digits.startsWith("0x");
        BigInteger value = new BigInteger(hex ? digits.substring(2) : digits, hex ? 16 : 10);
        BigInteger limit = BigInteger.ONE.shiftLeft(bits);
        boolean fits =
                negative ? value.shiftLeft(1).compareTo(limit) <= 0 : value.compareTo(limit) < 0;
        return fits ? Long.valueOf(negative ? -value.longValue() : value.longValue()) : null;
    }

    private static String unsigned(String text) {
        return text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
    }

    /// The bits of a 32-bit float, or null if the number is out of range.
    static @Nullable Integer f32(String text) {
        Long bits = FloatFormat.F32.bits(text);
        return bits == null ? null : bits.intValue();
    }

    /// The bits of a 64-bit float, or null if the number is out of range.
    static @Nullable Long f64(String text) {
        return FloatFormat.F64.bits(text);
    }

    /// The binary floating-point formats, and how texts are rounded to them: to nearest, ties to
    /// even, once.
    private enum FloatFormat {
        F32(23, 8),
        F64(52, 11);

        private final int fractionBits;
        private final int exponentBits;

        FloatFormat(int fractionBits, int exponentBits) {
            this.fractionBits = fractionBits;
            this.exponentBits = exponentBits;
        }

        @Nullable Long bits(String text) {
            String magnitude = unsigned(text).replace("_", "");
            Long bits = magnitudeBits(magnitude);
            boolean negative = text.charAt(0) == '-';
            return bits == null || !negative ? bits : (Long) (bits | signBit());
        }

        private long signBit() {
            return 1L << (fractionBits + exponentBits);
        }

        private long infinity() {
            return ((1L << exponentBits) - 1) << fractionBits;
        }

        private @Nullable Long magnitudeBits(String text) {
            if (text.equals("inf")) {
                return infinity();
            }
            if (text.equals("nan")) {
                return infinity() | 1L << (fractionBits - 1);
            }
            if (text.startsWith("nan:0x")) {
                BigInteger payload = new BigInteger(text.substring(6), 16);
                boolean fits = payload.signum() > 0 && payload.bitLength() <= fractionBits;
                return fits ? (Long) (infinity() | payload.longValue()) : null;
            }
            long bits = text.startsWith("0x") ? hexBits(text.substring(2)) : decimalBits(text);
            return bits < infinity() ? (Long) bits : null;
        }

        private long decimalBits(String text) {
            return this == F32
                    ? Float.floatToRawIntBits(Float.parseFloat(text))
                    : Double.doubleToRawLongBits(Double.parseDouble(text));
        }

        /// Reads up to 60 significant bits and remembers whether there were more.
        private long hexBits(String text) {
            long mantissa = 0;
            long exponent = 0;
            boolean sticky = false;
            boolean afterPoint = false;
            int i = 0;
            for (; i < text.length() && (text.charAt(i) | 0x20) != 'p'; i++) {
                char c = text.charAt(i);
                if (c == '.') {
                    afterPoint = true;
                    continue;
                }
                int digit = StringLiteral.hex(c);
                boolean room = mantissa >>> 56 == 0;
                mantissa = room ? mantissa << 4 | digit : mantissa;
                sticky |= !room && digit != 0;
                exponent += (afterPoint ? -4 : 0) + (room ? 0 : 4);
            }
            exponent += i < text.length() ? exponent(text.substring(i + 1)) : 0;
            return round(mantissa, exponent, sticky);
        }

        private static long exponent(String text) {
            BigInteger value = new BigInteger(text);
            return value.bitLength() > 40 ? value.signum() * HUGE : value.longValue();
        }

        /// The bits of `mantissa * 2^exponent`, and a little more if `sticky`.
        private long round(long mantissa, long exponent, boolean sticky) {
            if (mantissa == 0) {
                return 0;
            }
            int length = 64 - Long.numberOfLeadingZeros(mantissa);
            long bias = (1L << (exponentBits - 1)) - 1;
            // The exponent of the leading bit, biased; below 1 the number is subnormal.
            long biased = exponent + length - 1 + bias;
            if (biased >= (1L << exponentBits)) {
                return infinity();
            }
            long shift = length - 1 - fractionBits + Math.max(0, 1 - biased);
            long kept = shifted(mantissa, shift, sticky);
            // A carry out of the fraction adds one to the exponent, as it should.
            return biased < 1 ? kept : ((biased - 1) << fractionBits) + kept;
        }

        private static long shifted(long mantissa, long shift, boolean sticky) {
            if (shift <= 0) {
                return mantissa << -shift;
            }
            if (shift > 62) {
                return 0;
            }
            long kept = mantissa >>> shift;
            long rest = mantissa & ((1L << shift) - 1);
            long half = 1L << (shift - 1);
            boolean up = rest > half || (rest == half && (sticky || (kept & 1) != 0));
            return up ? kept + 1 : kept;
        }
    }
}
