package dev.windlass.cli;

import dev.windlass.Func;
import dev.windlass.FunctionType;
import dev.windlass.V128;
import dev.windlass.ValueType;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `--invoke`: arguments from words, results to text.
final class Invocation {
    private Invocation() {}

    /// Calls the function with words as arguments and gives its results as lines.
    static String call(Func func, String name, List<String> words) {
        FunctionType type = func.type();
        if (words.size() != type.params().size()) {
            throw new UsageException(
                    "the function '"
                            + name
                            + "' has the type "
                            + type
                            + ": it takes "
                            + type.params().size()
                            + " arguments, not "
                            + words.size());
        }
        @Nullable Object[] arguments = new @Nullable Object[words.size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(type.params().get(i), words.get(i));
        }
        StringBuilder text = new StringBuilder();
        for (Object result : func.call(arguments)) {
            text.append(text(result)).append(System.lineSeparator());
        }
        return text.toString();
    }

    /// A value from `7` or `i32:7`.
    private static @Nullable Object argument(ValueType type, String word) {
        String text = word;
        int colon = word.indexOf(':');
        if (colon >= 0) {
            if (!word.substring(0, colon).equals(type.toString())) {
                throw new UsageException("the argument " + word + " should be of type " + type);
            }
            text = word.substring(colon + 1);
        }
        try {
            return value(type, text);
        } catch (NumberFormatException e) {
            throw new UsageException("'" + text + "' is not a number of type " + type);
        }
    }

    private static @Nullable Object value(ValueType type, String text) {
        if (type.equals(ValueType.I32)) {
            return (int) integer(text, 32);
        }
        if (type.equals(ValueType.I64)) {
            return integer(text, 64);
        }
        if (type.equals(ValueType.F32)) {
            return Float.parseFloat(floating(text));
        }
        if (type.equals(ValueType.F64)) {
            return Double.parseDouble(floating(text));
        }
        if (type.equals(ValueType.V128)) {
            BigInteger bits = number(text);
            return new V128(bits.longValue(), bits.shiftRight(64).longValue());
        }
        if (type.isNullable() && text.equals("null")) {
            return null;
        }
        throw new UsageException("a value of type " + type + " cannot be given as text but null");
    }

    /// Signed or unsigned, decimal or hexadecimal, as long as it fits.
    private static long integer(String text, int bits) {
        BigInteger value = number(text);
        boolean fits = value.signum() < 0 ? value.bitLength() < bits : value.bitLength() <= bits;
        if (!fits) {
            throw new NumberFormatException(text);
        }
        return value.longValue();
    }

    private static BigInteger number(String text) {
        boolean negative = text.startsWith("-");
        String digits =
                (negative || text.startsWith("+") ? text.substring(1) : text).replace("_", "");
        BigInteger value =
                digits.startsWith("0x") || digits.startsWith("0X")
                        ? new BigInteger(digits.substring(2), 16)
                        : new BigInteger(digits);
        return negative ? value.negate() : value;
    }

    /// The text format's words in Java's.
    private static String floating(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> "NaN";
            case "inf", "+inf", "infinity" -> "Infinity";
            case "-inf", "-infinity" -> "-Infinity";
            default -> text;
        };
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Float f when Float.isNaN(f) -> "nan";
            case Double d when Double.isNaN(d) -> "nan";
            case Float f when Float.isInfinite(f) -> f > 0 ? "inf" : "-inf";
            case Double d when Double.isInfinite(d) -> d > 0 ? "inf" : "-inf";
            default -> value.toString();
        };
    }
}
