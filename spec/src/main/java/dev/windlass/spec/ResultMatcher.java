package dev.windlass.spec;

import dev.windlass.Func;
import dev.windlass.GuestException;
import dev.windlass.V128;
import dev.windlass.wasm.text.ResultPattern;
import dev.windlass.wasm.text.ScriptValue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Script values as Java objects, and whether results are as a script wants them. A host's value is
/// the [ScriptValue] itself.
final class ResultMatcher {
    private ResultMatcher() {}

    /// The argument of a call.
    static @Nullable Object argument(ScriptValue value) {
        return switch (value) {
            case ScriptValue.I32 v -> v.value();
            case ScriptValue.I64 v -> v.value();
            case ScriptValue.F32 v -> Float.intBitsToFloat(v.bits());
            case ScriptValue.F64 v -> Double.longBitsToDouble(v.bits());
            case ScriptValue.V128 v -> new V128(v.low(), v.high());
            case ScriptValue.RefNull _ -> null;
            case ScriptValue.RefExtern v -> v;
            case ScriptValue.RefHost v -> v;
        };
    }

    static boolean matches(@Nullable Object[] results, List<ResultPattern> patterns) {
        if (results.length != patterns.size()) {
            return false;
        }
        for (int i = 0; i < results.length; i++) {
            if (!matches(results[i], patterns.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(@Nullable Object result, ResultPattern pattern) {
        return switch (pattern) {
            case ResultPattern.Exactly p -> isExactly(result, p.value());
            case ResultPattern.Nan p -> isNan(result, p);
            case ResultPattern.Lanes p -> result instanceof V128 v && lanesMatch(v, p);
            case ResultPattern.AnyNull _ -> result == null;
            case ResultPattern.Reference p -> isReference(result, p);
            case ResultPattern.Either p ->
                    p.alternatives().stream().anyMatch(a -> matches(result, a));
        };
    }

    /// Floats are compared by their bits.
    private static boolean isExactly(@Nullable Object result, ScriptValue value) {
        return switch (value) {
            case ScriptValue.I32 v -> result instanceof Integer i && i == v.value();
            case ScriptValue.I64 v -> result instanceof Long l && l == v.value();
            case ScriptValue.F32 v ->
                    result instanceof Float f && Float.floatToRawIntBits(f) == v.bits();
            case ScriptValue.F64 v ->
                    result instanceof Double d && Double.doubleToRawLongBits(d) == v.bits();
            case ScriptValue.V128 v -> new V128(v.low(), v.high()).equals(result);
            case ScriptValue.RefNull _ -> result == null;
            case ScriptValue.RefExtern v -> v.equals(result);
            case ScriptValue.RefHost v -> v.equals(result);
        };
    }

    private static boolean isNan(@Nullable Object result, ResultPattern.Nan pattern) {
        if (pattern.bits() == 32) {
            int quiet = 0x7FC0_0000;
            return result instanceof Float f
                    && isNan(Float.floatToRawIntBits(f), quiet, Integer.MIN_VALUE, pattern);
        }
        long quiet = 0x7FF8L << 48;
        return result instanceof Double d
                && isNan(Double.doubleToRawLongBits(d), quiet, Long.MIN_VALUE, pattern);
    }

    /// @param quiet the bits of the canonical NaN
    /// @param sign the sign bit, and whatever is above it
    private static boolean isNan(long bits, long quiet, long sign, ResultPattern.Nan pattern) {
        return pattern.canonical() ? (bits & ~sign) == quiet : (bits & quiet) == quiet;
    }

    private static boolean lanesMatch(V128 vector, ResultPattern.Lanes pattern) {
        boolean narrow = pattern.shape().equals("f32x4");
        for (int i = 0; i < pattern.lanes().size(); i++) {
            Object lane = narrow ? narrowLane(vector, i) : wideLane(vector, i);
            if (!matches(lane, pattern.lanes().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static Object narrowLane(V128 vector, int lane) {
        long half = lane < 2 ? vector.low() : vector.high();
        return Float.intBitsToFloat((int) (half >>> (lane % 2 * 32)));
    }

    private static Object wideLane(V128 vector, int lane) {
        return Double.longBitsToDouble(lane == 0 ? vector.low() : vector.high());
    }

    /// Values of the garbage-collected types do not come out to the host yet, so no result is one.
    private static boolean isReference(@Nullable Object result, ResultPattern.Reference pattern) {
        return switch (pattern.keyword()) {
            case "func" -> result instanceof Func;
            case "exn" -> result instanceof GuestException;
            case "extern" ->
                    pattern.number().isEmpty()
                            ? result != null
                            : new ScriptValue.RefExtern(pattern.number().getAsLong())
                                    .equals(result);
            case "host" ->
                    pattern.number().isPresent()
                            && new ScriptValue.RefHost(pattern.number().getAsLong()).equals(result);
            default -> false;
        };
    }

    /// Results for a message, floats with their bits.
    static String text(@Nullable Object[] results) {
        return Arrays.stream(results)
                .map(ResultMatcher::text)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String text(@Nullable Object result) {
        return switch (result) {
            case null -> "null";
            case Float f -> f + String.format(" (0x%08x)", Float.floatToRawIntBits(f));
            case Double d -> d + String.format(" (0x%016x)", Double.doubleToRawLongBits(d));
            default -> result.toString();
        };
    }
}
