package dev.windlass.runtime.numeric;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the rows of the vector instructions mean, worked out from the keyword lane by lane. A
/// vector is its sixteen bytes, the lowest first.
final class VectorReference {
    private static final Pattern SHAPE = Pattern.compile("([if])(\\d+)x(\\d+)");

    /// The lanes of an operand.
    private record Shape(boolean isFloat, int bits, int lanes) {
        static Shape of(String text) {
            Matcher m = SHAPE.matcher(text);
            if (!m.find()) {
                throw new AssertionError(text);
            }
            return new Shape(
                    m.group(1).equals("f"),
                    Integer.parseInt(m.group(2)),
                    Integer.parseInt(m.group(3)));
        }

        BigInteger get(byte[] vector, int lane, boolean isSigned) {
            BigInteger n = BigInteger.ZERO;
            for (int i = bits / 8 - 1; i >= 0; i--) {
                n = n.shiftLeft(8).add(BigInteger.valueOf(vector[lane * bits / 8 + i] & 0xFF));
            }
            return isSigned && n.testBit(bits - 1) ? n.subtract(BigInteger.TWO.pow(bits)) : n;
        }

        void put(byte[] vector, int lane, BigInteger value) {
            for (int i = 0; i < bits / 8; i++) {
                vector[lane * bits / 8 + i] = value.shiftRight(8 * i).byteValue();
            }
        }

        double real(byte[] vector, int lane) {
            BigInteger n = get(vector, lane, true);
            return bits == 32
                    ? Float.intBitsToFloat(n.intValue())
                    : Double.longBitsToDouble(n.longValue());
        }

        BigInteger bits(double value) {
            return bits == 32
                    ? BigInteger.valueOf(Float.floatToRawIntBits((float) value))
                    : BigInteger.valueOf(Double.doubleToRawLongBits(value));
        }

        /// A vector of these lanes.
        byte[] of(IntFunction<BigInteger> lane) {
            byte[] vector = new byte[16];
            for (int i = 0; i < lanes; i++) {
                put(vector, i, lane.apply(i));
            }
            return vector;
        }
    }

    private final Shape shape;
    private final String operation;

    VectorReference(String keyword) {
        int dot = keyword.indexOf('.');
        String prefix = keyword.substring(0, dot);
        String name = keyword.substring(dot + 1);
        shape = Shape.of(prefix.equals("v128") ? "i64x2" : prefix);
        operation = name.startsWith("relaxed_") ? strict(name.substring(8)) : name;
    }

    /// The strict operation that a relaxed one is here.
    private static String strict(String relaxed) {
        return switch (relaxed) {
            case "q15mulr_s" -> "q15mulr_sat_s";
            case "laneselect" -> "bitselect";
            default -> relaxed.replace("trunc_f", "trunc_sat_f");
        };
    }

    boolean isFloat() {
        return shape.isFloat;
    }

    int laneBits() {
        return shape.bits;
    }

    private boolean isSigned() {
        return operation.endsWith("_s") || operation.endsWith("_s_zero");
    }

    /// Of the other shape that the operation names, as in `extend_low_i8x16_s`.
    private Shape source() {
        return Shape.of(operation);
    }

    byte[] unary(byte[] x) {
        if (shape.isFloat) {
            return floatUnary(x);
        }
        if (operation.startsWith("trunc_sat")) {
            Shape from = source();
            return shape.of(i ->
                    i < from.lanes
                            ? FloatReference.saturated(from.real(x, i), 32, isSigned())
                            : BigInteger.ZERO);
        }
        if (operation.startsWith("ext")) {
            Shape from = source();
            IntFunction<BigInteger> lane = i -> from.get(x, i, isSigned());
            return operation.startsWith("extadd")
                    ? shape.of(i -> lane.apply(2 * i).add(lane.apply(2 * i + 1)))
                    : shape.of(i -> lane.apply(i + high()));
        }
        return shape.of(i -> integerUnary(shape.get(x, i, true)));
    }

    /// The first lane of the half that the operation takes.
    private int high() {
        return operation.contains("_high_") ? shape.lanes : 0;
    }

    private BigInteger integerUnary(BigInteger x) {
        return switch (operation) {
            case "abs" -> x.abs();
            case "neg" -> x.negate();
            case "not" -> x.not();
            case "popcnt" ->
                    BigInteger.valueOf(x.and(FloatReference.greatest(8, false)).bitCount());
            default -> throw new AssertionError(operation);
        };
    }

    private byte[] floatUnary(byte[] x) {
        if (operation.startsWith("convert")) {
            return shape.of(i -> shape.bits(exact(source().get(x, i, operation.endsWith("_s")))));
        }
        if (operation.startsWith("demote") || operation.startsWith("promote")) {
            Shape from = source();
            return shape.of(i -> i < from.lanes ? shape.bits(from.real(x, i)) : BigInteger.ZERO);
        }
        BigInteger sign = BigInteger.ONE.shiftLeft(shape.bits - 1);
        return switch (operation) {
            case "abs" -> shape.of(i -> shape.get(x, i, false).andNot(sign));
            case "neg" -> shape.of(i -> shape.get(x, i, false).xor(sign));
            case "sqrt" -> shape.of(i -> shape.bits(StrictMath.sqrt(shape.real(x, i))));
            default ->
                    shape.of(i ->
                            shape.bits(
                                    FloatReference.round(
                                            shape.real(x, i), FloatReference.towards(operation))));
        };
    }

    private double exact(BigInteger n) {
        return shape.bits == 32 ? n.floatValue() : n.doubleValue();
    }

    byte[] binary(byte[] x, byte[] y) {
        if (operation.equals("swizzle")) {
            return shape.of(
                    i -> (y[i] & 0xFF) < 16 ? BigInteger.valueOf(x[y[i]]) : BigInteger.ZERO);
        }
        if (shape.isFloat) {
            return floatBinary(x, y);
        }
        if (operation.startsWith("narrow")) {
            Shape from = source();
            return shape.of(i ->
                    clamp(
                            i < from.lanes
                                    ? from.get(x, i, true)
                                    : from.get(y, i - from.lanes, true)));
        }
        if (operation.startsWith("extmul")) {
            Shape from = source();
            return shape.of(i ->
                    from.get(x, i + high(), isSigned())
                            .multiply(from.get(y, i + high(), isSigned())));
        }
        if (operation.startsWith("dot")) {
            return shape.of(i -> dot(x, y, i));
        }
        return shape.of(
                i -> integerBinary(shape.get(x, i, isSigned()), shape.get(y, i, isSigned())));
    }

    private BigInteger dot(byte[] x, byte[] y, int lane) {
        Shape from = source();
        BigInteger sum = BigInteger.ZERO;
        for (int i = 2 * lane; i < 2 * lane + 2; i++) {
            sum = sum.add(from.get(x, i, true).multiply(from.get(y, i, true)));
        }
        return from.bits == 8 ? clamp(sum) : sum;
    }

    private BigInteger clamp(BigInteger n) {
        return n.max(FloatReference.least(shape.bits, isSigned()))
                .min(FloatReference.greatest(shape.bits, isSigned()));
    }

    private BigInteger integerBinary(BigInteger x, BigInteger y) {
        int order = x.compareTo(y);
        return switch (operation) {
            case "add" -> x.add(y);
            case "sub" -> x.subtract(y);
            case "mul" -> x.multiply(y);
            case "and" -> x.and(y);
            case "andnot" -> x.andNot(y);
            case "or" -> x.or(y);
            case "xor" -> x.xor(y);
            case "eq" -> mask(order == 0);
            case "ne" -> mask(order != 0);
            case "lt_s", "lt_u" -> mask(order < 0);
            case "gt_s", "gt_u" -> mask(order > 0);
            case "le_s", "le_u" -> mask(order <= 0);
            case "ge_s", "ge_u" -> mask(order >= 0);
            case "min_s", "min_u" -> x.min(y);
            case "max_s", "max_u" -> x.max(y);
            case "add_sat_s", "add_sat_u" -> clamp(x.add(y));
            case "sub_sat_s", "sub_sat_u" -> clamp(x.subtract(y));
            case "avgr_u" -> x.add(y).add(BigInteger.ONE).shiftRight(1);
            case "q15mulr_sat_s" ->
                    clamp(x.multiply(y).add(BigInteger.valueOf(0x4000)).shiftRight(15));
            default -> throw new AssertionError(operation);
        };
    }

    private static BigInteger mask(boolean condition) {
        return BigInteger.valueOf(condition ? -1 : 0);
    }

    private byte[] floatBinary(byte[] x, byte[] y) {
        return shape.of(i -> floatBinary(x, y, i, shape.real(x, i), shape.real(y, i)));
    }

    private BigInteger floatBinary(byte[] xs, byte[] ys, int lane, double x, double y) {
        return switch (operation) {
            case "add" -> shape.bits(x + y);
            case "sub" -> shape.bits(x - y);
            case "mul" -> shape.bits(x * y);
            case "div" -> shape.bits(x / y);
            case "min" -> shape.bits(FloatReference.min(x, y));
            case "max" -> shape.bits(FloatReference.max(x, y));
            case "pmin" -> shape.get(y < x ? ys : xs, lane, true);
            case "pmax" -> shape.get(x < y ? ys : xs, lane, true);
            case "eq" -> mask(x == y);
            case "ne" -> mask(x != y);
            case "lt" -> mask(x < y);
            case "gt" -> mask(x > y);
            case "le" -> mask(x <= y);
            case "ge" -> mask(x >= y);
            default -> throw new AssertionError(operation);
        };
    }

    byte[] ternary(byte[] x, byte[] y, byte[] z) {
        return switch (operation) {
            case "bitselect" -> select(x, y, z);
            case "madd" -> shape.of(i -> madd(shape.real(x, i), shape.real(y, i), z, i));
            case "nmadd" -> shape.of(i -> madd(-shape.real(x, i), shape.real(y, i), z, i));
            case "dot_i8x16_i7x16_add_s" -> {
                byte[] dots = new VectorReference("i16x8.relaxed_dot_i8x16_i7x16_s").binary(x, y);
                byte[] sums = new VectorReference("i32x4.extadd_pairwise_i16x8_s").unary(dots);
                yield new VectorReference("i32x4.add").binary(sums, z);
            }
            default -> throw new AssertionError(operation);
        };
    }

    private static byte[] select(byte[] x, byte[] y, byte[] z) {
        byte[] result = new byte[16];
        for (int i = 0; i < 16; i++) {
            result[i] = (byte) ((x[i] & z[i]) | (y[i] & ~z[i]));
        }
        return result;
    }

    private BigInteger madd(double x, double y, byte[] z, int lane) {
        double product = shape.bits == 32 ? (float) (x * y) : x * y;
        return shape.bits(product + shape.real(z, lane));
    }

    byte[] shift(byte[] x, int count) {
        int n = count & (shape.bits - 1);
        return shape.of(i -> {
            BigInteger lane = shape.get(x, i, isSigned());
            return operation.equals("shl") ? lane.shiftLeft(n) : lane.shiftRight(n);
        });
    }

    int test(byte[] x) {
        int mask = 0;
        for (int i = 0; i < shape.lanes; i++) {
            BigInteger lane = shape.get(x, i, true);
            boolean counts = operation.equals("bitmask") ? lane.signum() < 0 : lane.signum() != 0;
            mask |= counts ? 1 << i : 0;
        }
        return switch (operation) {
            case "bitmask" -> mask;
            case "any_true" -> mask != 0 ? 1 : 0;
            case "all_true" -> mask == (1 << shape.lanes) - 1 ? 1 : 0;
            default -> throw new AssertionError(operation);
        };
    }

    byte[] splat(long value) {
        return shape.of(i -> BigInteger.valueOf(value));
    }

    long extract(byte[] x, int lane) {
        boolean isSigned = !operation.endsWith("_u");
        return shape.get(x, lane, isSigned).longValue();
    }

    byte[] replace(byte[] x, int lane, long value) {
        byte[] result = x.clone();
        shape.put(result, lane, BigInteger.valueOf(value));
        return result;
    }

    /// `load8x8_s`, `load16_splat`, `load32_zero` and plain `load` of the bytes at the address.
    byte[] load(byte[] memory) {
        Matcher m = Pattern.compile("load(\\d*)(x(\\d+)|_)?(.*)").matcher(operation);
        if (!m.matches()) {
            throw new AssertionError(operation);
        }
        if (m.group(1).isEmpty()) {
            return Arrays.copyOf(memory, 16);
        }
        int bits = Integer.parseInt(m.group(1));
        if (m.group(3) != null) {
            int lanes = Integer.parseInt(m.group(3));
            Shape wide = new Shape(false, bits * 2, lanes);
            Shape narrow = new Shape(false, bits, lanes);
            return wide.of(i -> narrow.get(memory, i, isSigned()));
        }
        Shape lanes = new Shape(false, bits, 128 / bits);
        boolean isSplat = m.group(4).equals("splat");
        return lanes.of(i -> i == 0 || isSplat ? lanes.get(memory, 0, false) : BigInteger.ZERO);
    }

    /// Bits of the lane that `load8_lane` and its kin move.
    int memoryLaneBits() {
        return Integer.parseInt(operation.replaceAll("\\D", ""));
    }
}
