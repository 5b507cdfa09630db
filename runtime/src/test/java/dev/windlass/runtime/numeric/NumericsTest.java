package dev.windlass.runtime.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.runtime.Trap;
import dev.windlass.runtime.numeric.ScalarReference.Outcome;
import dev.windlass.wasm.Opcode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NumericsTest {
    /// Methods that are not one instruction; they have tests of their own below.
    private static final List<String> APART =
            List.of(
                    "i64Add128High",
                    "i64Sub128High",
                    "i64MulWideSHigh",
                    "i64MulWideUHigh",
                    "canonicalNaN32",
                    "canonicalNaN64");

    /// Exact in their bits, NaNs included: compared with the bits themselves.
    private static final List<String> ON_BITS = List.of("abs", "neg", "copysign");

    static Stream<Method> instructions() {
        return Arrays.stream(Numerics.class.getDeclaredMethods())
                .filter(m -> Modifier.isPublic(m.getModifiers()))
                .filter(m -> !APART.contains(m.getName()));
    }

    /// `i32TruncF32S` is the row `I32_TRUNC_F32_S`.
    private static Opcode row(Method method) {
        return Opcode.valueOf(
                method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void agreesWithTheReferenceOnEdges(Method method) throws IllegalAccessException {
        String signature = Objects.requireNonNull(row(method).typing().signature());
        String types = signature.substring(0, signature.indexOf(':'));
        for (List<Long> operands : operands(types)) {
            check(method, types, operands);
        }
    }

    private static List<List<Long>> operands(String types) {
        List<List<Long>> all = new ArrayList<>();
        for (long x : edges(types.charAt(0))) {
            if (types.length() == 1) {
                all.add(List.of(x));
            } else {
                for (long y : edges(types.charAt(1))) {
                    all.add(List.of(x, y));
                }
            }
        }
        return all;
    }

    private static long[] edges(char type) {
        return switch (type) {
            case 'i' -> Edges.i32();
            case 'l' -> Edges.i64();
            case 'f' -> Edges.f32();
            case 'd' -> Edges.f64();
            default -> throw new AssertionError(type);
        };
    }

    private static void check(Method method, String types, List<Long> operands)
            throws IllegalAccessException {
        String keyword = row(method).text();
        Outcome actual = invoke(method, types, operands);
        String operation = keyword.substring(4);
        if (ON_BITS.contains(operation)) {
            assertThat(actual.bits()).isEqualTo(onBits(operation, types, operands));
            return;
        }
        Outcome expected = ScalarReference.of(keyword, types, operands);
        boolean oddNaN = operands.stream().anyMatch(bits -> isOddNaN(types.charAt(0), bits));
        assertThat(actual.trap()).as("%s %s", keyword, operands).isEqualTo(expected.trap());
        assertThat(accepts(keyword, expected.bits(), actual.bits(), oddNaN))
                .as("%s %s: %x, not %x", keyword, operands, actual.bits(), expected.bits())
                .isTrue();
    }

    private static boolean isOddNaN(char type, long bits) {
        return (type == 'f' && FloatReference.isOddNaN32((int) bits))
                || (type == 'd' && FloatReference.isOddNaN64(bits));
    }

    private static boolean accepts(String keyword, long expected, long actual, boolean oddNaN) {
        return switch (keyword.substring(0, 3)) {
            case "f32" ->
                    FloatReference.accepts32(
                            Float.intBitsToFloat((int) expected), (int) actual, oddNaN);
            case "f64" ->
                    FloatReference.accepts64(Double.longBitsToDouble(expected), actual, oddNaN);
            case "i32" -> (int) expected == (int) actual;
            default -> expected == actual;
        };
    }

    private static long onBits(String operation, String types, List<Long> operands) {
        long sign = types.charAt(0) == 'f' ? 1L << 31 : Long.MIN_VALUE;
        long x = operands.get(0);
        long result =
                switch (operation) {
                    case "abs" -> x & ~sign;
                    case "neg" -> x ^ sign;
                    default -> (x & ~sign) | (operands.get(1) & sign);
                };
        return types.charAt(0) == 'f' ? (int) result : result;
    }

    private static Outcome invoke(Method method, String types, List<Long> operands)
            throws IllegalAccessException {
        Object[] arguments = new Object[operands.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(types.charAt(i), operands.get(i));
        }
        try {
            return outcome(method.invoke(null, arguments));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Trap trap) {
                return new Outcome(0, trap.kind());
            }
            throw new AssertionError(e);
        }
    }

    private static Object argument(char type, long bits) {
        return switch (type) {
            case 'i' -> (int) bits;
            case 'l' -> bits;
            case 'f' -> Float.intBitsToFloat((int) bits);
            default -> Double.longBitsToDouble(bits);
        };
    }

    private static Outcome outcome(Object result) {
        return switch (result) {
            case Boolean b -> Outcome.of(b ? 1 : 0);
            case Integer i -> Outcome.of((long) i);
            case Long l -> Outcome.of(l);
            case Float f -> Outcome.of(f);
            case Double d -> Outcome.of(d);
            default -> throw new AssertionError(result);
        };
    }

    @Test
    void addsAndSubtracts128Bits() {
        BigInteger modulus = BigInteger.TWO.pow(128);
        long[] edges = Edges.i32();
        for (long low : edges) {
            for (long high : edges) {
                for (long other : edges) {
                    BigInteger x = wide(low, high);
                    BigInteger y = wide(other, low);
                    assertThat(Numerics.i64Add128High(low, high, other, low))
                            .isEqualTo(x.add(y).mod(modulus).shiftRight(64).longValue());
                    assertThat(Numerics.i64Sub128High(low, high, other, low))
                            .isEqualTo(x.subtract(y).mod(modulus).shiftRight(64).longValue());
                }
            }
        }
    }

    private static BigInteger wide(long low, long high) {
        return unsigned(high).shiftLeft(64).or(unsigned(low));
    }

    private static BigInteger unsigned(long x) {
        return new BigInteger(Long.toUnsignedString(x));
    }

    @Test
    void multipliesTo128Bits() {
        for (long x : Edges.i64()) {
            for (long y : Edges.i64()) {
                BigInteger product = BigInteger.valueOf(x).multiply(BigInteger.valueOf(y));
                assertThat(Numerics.i64MulWideSHigh(x, y))
                        .isEqualTo(product.shiftRight(64).longValue());
                assertThat(Numerics.i64MulWideUHigh(x, y))
                        .isEqualTo(unsigned(x).multiply(unsigned(y)).shiftRight(64).longValue());
            }
        }
    }

    @Test
    void makesNaNsCanonicalAndLeavesNumbersAlone() {
        for (long bits : Edges.f32()) {
            float x = Float.intBitsToFloat((int) bits);
            assertThat(Float.floatToRawIntBits(Numerics.canonicalNaN32(x)))
                    .isEqualTo(Float.isNaN(x) ? 0x7FC0_0000 : (int) bits);
        }
        for (long bits : Edges.f64()) {
            double x = Double.longBitsToDouble(bits);
            assertThat(Double.doubleToRawLongBits(Numerics.canonicalNaN64(x)))
                    .isEqualTo(Double.isNaN(x) ? 0x7FF8_0000_0000_0000L : bits);
        }
    }
}
