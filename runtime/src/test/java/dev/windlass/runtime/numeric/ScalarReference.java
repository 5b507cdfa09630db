package dev.windlass.runtime.numeric;

import dev.windlass.runtime.TrapKind;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the rows of the scalar instructions mean, worked out from the keyword with exact numbers.
final class ScalarReference {
    /// A result as bits, or a trap; a float result is also judged by [FloatReference].
    record Outcome(long bits, @Nullable TrapKind trap) {
        static Outcome of(long bits) {
            return new Outcome(bits, null);
        }

        static Outcome of(float value) {
            return of((long) Float.floatToRawIntBits(value));
        }

        static Outcome of(double value) {
            return of(Double.doubleToRawLongBits(value));
        }
    }

    private ScalarReference() {}

    /// @param keyword of the text format, as `i32.div_s`
    /// @param types of the operands, one letter each
    /// @param operands their bits
    static Outcome of(String keyword, String types, List<Long> operands) {
        String to = keyword.substring(0, 3);
        String operation = keyword.substring(4);
        char type = types.charAt(0);
        if (type == 'i' || type == 'l') {
            int bits = type == 'i' ? 32 : 64;
            return operation.startsWith("convert")
                    ? convert(to, signed(operands.get(0), bits, operation.endsWith("_s")))
                    : integer(operation, bits, operands);
        }
        double x = value(type, operands.get(0));
        if (operation.startsWith("trunc_")) {
            boolean isSigned = operation.endsWith("_s");
            int bits = to.equals("i32") ? 32 : 64;
            return operation.startsWith("trunc_sat")
                    ? Outcome.of(FloatReference.saturated(x, bits, isSigned).longValue())
                    : trunc(x, bits, isSigned);
        }
        double y = operands.size() > 1 ? value(type, operands.get(1)) : 0;
        double result = floating(operation, x, y);
        return to.equals("f32") ? Outcome.of((float) result) : Outcome.of(result);
    }

    static double value(char type, long bits) {
        return type == 'f' ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
    }

    private static BigInteger signed(long value, int bits, boolean isSigned) {
        BigInteger n = BigInteger.valueOf(bits == 32 ? (int) value : value);
        return isSigned || n.signum() >= 0 ? n : n.add(BigInteger.TWO.pow(bits));
    }

    private static Outcome convert(String to, BigInteger n) {
        return to.equals("f32") ? Outcome.of(n.floatValue()) : Outcome.of(n.doubleValue());
    }

    private static Outcome trunc(double x, int bits, boolean isSigned) {
        BigInteger n = FloatReference.truncated(x, bits, isSigned);
        if (n != null) {
            return Outcome.of(n.longValue());
        }
        return new Outcome(
                0, Double.isNaN(x) ? TrapKind.INVALID_CONVERSION : TrapKind.INTEGER_OVERFLOW);
    }

    private static double floating(String operation, double x, double y) {
        return switch (operation) {
            case "ceil", "floor", "trunc", "nearest" ->
                    FloatReference.round(x, FloatReference.towards(operation));
            case "sqrt" -> StrictMath.sqrt(x);
            case "min" -> FloatReference.min(x, y);
            case "max" -> FloatReference.max(x, y);
            case "demote_f64", "promote_f32" -> x;
            default -> throw new AssertionError(operation);
        };
    }

    private static Outcome integer(String operation, int bits, List<Long> operands) {
        boolean isSigned = operation.endsWith("_s");
        BigInteger x = signed(operands.get(0), bits, isSigned);
        BigInteger y = signed(operands.get(1), bits, isSigned);
        int order = x.compareTo(y);
        return switch (operation) {
            case "lt_u" -> Outcome.of(order < 0 ? 1 : 0);
            case "gt_u" -> Outcome.of(order > 0 ? 1 : 0);
            case "le_u" -> Outcome.of(order <= 0 ? 1 : 0);
            case "ge_u" -> Outcome.of(order >= 0 ? 1 : 0);
            case "div_s", "div_u", "rem_s", "rem_u" -> divide(operation, x, y, bits);
            case "rotl" -> Outcome.of(rotate(x, y.intValue() & (bits - 1), bits));
            case "rotr" -> Outcome.of(rotate(x, -y.intValue() & (bits - 1), bits));
            default -> throw new AssertionError(operation);
        };
    }

    private static Outcome divide(String operation, BigInteger x, BigInteger y, int bits) {
        if (y.signum() == 0) {
            return new Outcome(0, TrapKind.INTEGER_DIVIDE_BY_ZERO);
        }
        if (operation.startsWith("rem")) {
            return Outcome.of(x.remainder(y).longValue());
        }
        BigInteger quotient = x.divide(y);
        return operation.equals("div_s") && quotient.bitLength() >= bits
                ? new Outcome(0, TrapKind.INTEGER_OVERFLOW)
                : Outcome.of(quotient.longValue());
    }

    private static long rotate(BigInteger x, int count, int bits) {
        BigInteger shifted = x.shiftLeft(count);
        return shifted.or(shifted.shiftRight(bits)).longValue();
    }
}
