package dev.windlass.wasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers are exactly those that the text says, or refused.
final class NumbersTest {
    private static Token kind(String text) {
        byte[] bytes = Utf8.encode(text);
        return NumberSyntax.kind(bytes, 0, bytes.length);
    }

    @ParameterizedTest
    @CsvSource({
        "0, NATURAL",
        "1_000, NATURAL",
        "0xAbC_d, NATURAL",
        "-1, INTEGER",
        "+0x7f, INTEGER",
        "1., FLOAT",
        "1.5e-3, FLOAT",
        "0x1.p4, FLOAT",
        "1e5, FLOAT",
        "inf, FLOAT",
        "-nan, FLOAT",
        "nan:0x7, FLOAT",
        "0x1.8, FLOAT",
        "1_, RESERVED",
        "_1, RESERVED",
        "1__0, RESERVED",
        "0x, RESERVED",
        "0x_1, RESERVED",
        "1e, RESERVED",
        "1e+, RESERVED",
        "+, RESERVED",
        "-inf1, RESERVED",
        "1.5.5, RESERVED",
        "0x1p, RESERVED",
        "1p5, RESERVED",
        "+nan:1, RESERVED",
        "nan:0x, KEYWORD",
        "infinity, KEYWORD",
        "i32, KEYWORD",
        "0xg, RESERVED",
        "--1, RESERVED"
    })
    void tellsTheFormsApart(String text, Token kind) {
        assertThat(kind(text)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "255, 8, 255",
        "-128, 8, -128",
        "256, 8,",
        "-129, 8,",
        "0xFFFF_FFFF, 32, 4294967295",
        "-2147483648, 32, -2147483648",
        "-2147483649, 32,",
        "4294967296, 32,",
        "18446744073709551615, 64, -1",
        "-9223372036854775808, 64, -9223372036854775808",
        "18446744073709551616, 64,",
        "-9223372036854775809, 64,",
        "-0, 32, 0"
    })
    void readsIntegersInTheirRange(String text, int bits, Long value) {
        assertThat(Numbers.integer(text, bits)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1p-149, 00000001",
        "0x1p-150, 00000000",
        "0x1.000001p-150, 00000001",
        "0x1.8p-149, 00000002",
        "0x1.7fffffp-149, 00000001",
        "0x0.ffffffp-126, 00800000",
        "0x1.fffffep127, 7f7fffff",
        "0x1.fffffefp127, 7f7fffff",
        "0x1.ffffffp127,",
        "0x1p128,",
        "0x1.000001p0, 3f800000",
        "0x1.0000010000000000000001p0, 3f800001",
        "0x1.000003p0, 3f800002",
        "-0x0p0, 80000000",
        "0x0p99999999999999, 00000000",
        "0x1p99999999999999,",
        "0x1p-99999999999999, 00000000",
        "3.4028235e38, 7f7fffff",
        "3.4028236e38,",
        "1e-46, 00000000",
        "nan, 7fc00000",
        "-nan:0x1, ff800001",
        "nan:0x7fffff, 7fffffff",
        "nan:0x800000,",
        "nan:0x0,",
        "inf, 7f800000",
        "1e99999999999,"
    })
    void readsFloatsOf32Bits(String text, String bits) {
        Integer value = Numbers.f32(text);
        assertThat(value == null ? null : String.format("%08x", value)).isEqualTo(bits);
    }

    @Test
    void roundsHexadecimalFloatsOnce() {
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            long mantissa = random.nextLong() >>> random.nextInt(64);
            int exponent = random.nextInt(2300) - 1200;
            String text = "0x" + Long.toHexString(mantissa) + "p" + exponent;
            BigDecimal exact = new BigDecimal(Long.toUnsignedString(mantissa));
            BigDecimal power = BigDecimal.TWO.pow(Math.abs(exponent));
            exact =
                    exponent < 0
                            ? exact.multiply(new BigDecimal("0.5").pow(-exponent))
                            : exact.multiply(power);
            double wide = exact.doubleValue();
            Long bits64 = Numbers.f64(text);
            assertThat(bits64)
                    .as(text)
                    .isEqualTo(
                            Double.isInfinite(wide)
                                    ? null
                                    : (Long) Double.doubleToRawLongBits(wide));
            float narrow = exact.floatValue();
            assertThat(Numbers.f32(text))
                    .as(text)
                    .isEqualTo(
                            Float.isInfinite(narrow)
                                    ? null
                                    : (Integer) Float.floatToRawIntBits(narrow));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7F7F_FFFF, 0x0080_0000, 0x007F_FFFF, 0x8000_0000, 0x7F80_0001})
    void printsFloatsThatComeBack(int bits) {
        assertThat(Numbers.f32(FloatText.f32(bits))).isEqualTo(bits);
    }

    @Test
    void printsRandomFloatsThatComeBack() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            int narrow = random.nextInt();
            assertThat(Numbers.f32(FloatText.f32(narrow))).isEqualTo(narrow);
            long wide = random.nextLong();
            assertThat(Numbers.f64(FloatText.f64(wide))).isEqualTo(wide);
        }
    }
}
