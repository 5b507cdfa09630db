package dev.windlass;

import dev.windlass.runtime.boundary.Slots;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongToIntFunction;
import java.util.function.LongUnaryOperator;

/// The common function types, each with the Java interface that calls such a function or implements
/// it, without boxing and without an array. The constants are all there are; each serves both
/// directions:
///
/// ```java
/// IntBinaryOperator add = instance.func("add").as(Signature.I32_I32_TO_I32);
/// linker.func("env", "max", Signature.I32_I32_TO_I32, Math::max);
/// ```
///
/// Other types go through [Func#call] and [HostFunction].
///
/// @param <F> the Java interface
public final class Signature<F> {
    // One constant, one shape: its type, how a call of a guest looks, how a host's lambda is run.
    /// `[] -> []`
    public static final Signature<Runnable> NONE =
            new Signature<>("", "", f -> () -> f.raw(), f -> s -> f.run());

    /// `[] -> [i32]`
    public static final Signature<IntSupplier> TO_I32 =
            new Signature<>(
                    "", "i", f -> () -> (int) f.raw(), f -> s -> Slots.putI32(s, 0, f.getAsInt()));

    /// `[] -> [i64]`
    public static final Signature<LongSupplier> TO_I64 =
            new Signature<>(
                    "", "l", f -> () -> f.raw(), f -> s -> Slots.putI64(s, 0, f.getAsLong()));

    /// `[] -> [f64]`
    public static final Signature<DoubleSupplier> TO_F64 =
            new Signature<>(
                    "",
                    "d",
                    f -> () -> Double.longBitsToDouble(f.raw()),
                    f -> s -> Slots.putF64(s, 0, f.getAsDouble()));

    /// `[i32] -> []`
    public static final Signature<IntConsumer> I32 =
            new Signature<>("i", "", f -> a -> f.raw(a), f -> s -> f.accept(Slots.getI32(s, 0)));

    /// `[i64] -> []`
    public static final Signature<LongConsumer> I64 =
            new Signature<>("l", "", f -> a -> f.raw(a), f -> s -> f.accept(Slots.getI64(s, 0)));

    /// `[f64] -> []`
    public static final Signature<DoubleConsumer> F64 =
            new Signature<>(
                    "d",
                    "",
                    f -> a -> f.raw(Double.doubleToRawLongBits(a)),
                    f -> s -> f.accept(Slots.getF64(s, 0)));

    /// `[i32] -> [i32]`
    public static final Signature<IntUnaryOperator> I32_TO_I32 =
            new Signature<>(
                    "i",
                    "i",
                    f -> a -> (int) f.raw(a),
                    f -> s -> Slots.putI32(s, 0, f.applyAsInt(Slots.getI32(s, 0))));

    /// `[i64] -> [i64]`
    public static final Signature<LongUnaryOperator> I64_TO_I64 =
            new Signature<>(
                    "l",
                    "l",
                    f -> a -> f.raw(a),
                    f -> s -> Slots.putI64(s, 0, f.applyAsLong(Slots.getI64(s, 0))));

    /// `[f64] -> [f64]`
    public static final Signature<DoubleUnaryOperator> F64_TO_F64 =
            new Signature<>(
                    "d",
                    "d",
                    f -> a -> Double.longBitsToDouble(f.raw(Double.doubleToRawLongBits(a))),
                    f -> s -> Slots.putF64(s, 0, f.applyAsDouble(Slots.getF64(s, 0))));

    /// `[i32] -> [i64]`
    public static final Signature<IntToLongFunction> I32_TO_I64 =
            new Signature<>(
                    "i",
                    "l",
                    f -> a -> f.raw(a),
                    f -> s -> Slots.putI64(s, 0, f.applyAsLong(Slots.getI32(s, 0))));

    /// `[i64] -> [i32]`
    public static final Signature<LongToIntFunction> I64_TO_I32 =
            new Signature<>(
                    "l",
                    "i",
                    f -> a -> (int) f.raw(a),
                    f -> s -> Slots.putI32(s, 0, f.applyAsInt(Slots.getI64(s, 0))));

    /// `[i32 i32] -> []`
    public static final Signature<I32x2Consumer> I32_I32 =
            new Signature<>(
                    "ii",
                    "",
                    f -> (a, b) -> f.raw(a, b),
                    f -> s -> f.accept(Slots.getI32(s, 0), Slots.getI32(s, 1)));

    /// `[i32 i32] -> [i32]`
    public static final Signature<IntBinaryOperator> I32_I32_TO_I32 =
            new Signature<>(
                    "ii",
                    "i",
                    f -> (a, b) -> (int) f.raw(a, b),
                    f ->
                            s ->
                                    Slots.putI32(
                                            s,
                                            0,
                                            f.applyAsInt(Slots.getI32(s, 0), Slots.getI32(s, 1))));

    /// `[i64 i64] -> [i64]`
    public static final Signature<LongBinaryOperator> I64_I64_TO_I64 =
            new Signature<>(
                    "ll",
                    "l",
                    f -> (a, b) -> f.raw(a, b),
                    f ->
                            s ->
                                    Slots.putI64(
                                            s,
                                            0,
                                            f.applyAsLong(Slots.getI64(s, 0), Slots.getI64(s, 1))));

    /// `[f64 f64] -> [f64]`
    public static final Signature<DoubleBinaryOperator> F64_F64_TO_F64 =
            new Signature<>(
                    "dd",
                    "d",
                    f ->
                            (a, b) ->
                                    Double.longBitsToDouble(
                                            f.raw(
                                                    Double.doubleToRawLongBits(a),
                                                    Double.doubleToRawLongBits(b))),
                    f ->
                            s ->
                                    Slots.putF64(
                                            s,
                                            0,
                                            f.applyAsDouble(
                                                    Slots.getF64(s, 0), Slots.getF64(s, 1))));

    /// `[i32 i32 i32] -> []`
    public static final Signature<I32x3Consumer> I32_I32_I32 =
            new Signature<>(
                    "iii",
                    "",
                    f -> (a, b, c) -> f.raw(a, b, c),
                    f -> s -> f.accept(Slots.getI32(s, 0), Slots.getI32(s, 1), Slots.getI32(s, 2)));

    /// `[i32 i32 i32] -> [i32]`
    public static final Signature<I32x3Operator> I32_I32_I32_TO_I32 =
            new Signature<>(
                    "iii",
                    "i",
                    f -> (a, b, c) -> (int) f.raw(a, b, c),
                    f ->
                            s ->
                                    Slots.putI32(
                                            s,
                                            0,
                                            f.apply(
                                                    Slots.getI32(s, 0),
                                                    Slots.getI32(s, 1),
                                                    Slots.getI32(s, 2))));

    /// `[i32 i32 i32 i32] -> [i32]`
    public static final Signature<I32x4Operator> I32_I32_I32_I32_TO_I32 =
            new Signature<>(
                    "iiii",
                    "i",
                    f -> (a, b, c, d) -> (int) f.raw(a, b, c, d),
                    f ->
                            s ->
                                    Slots.putI32(
                                            s,
                                            0,
                                            f.apply(
                                                    Slots.getI32(s, 0),
                                                    Slots.getI32(s, 1),
                                                    Slots.getI32(s, 2),
                                                    Slots.getI32(s, 3))));

    /// A function of two i32 without a result.
    @FunctionalInterface
    public interface I32x2Consumer {
        void accept(int a, int b);
    }

    /// A function of three i32 without a result.
    @FunctionalInterface
    public interface I32x3Consumer {
        void accept(int a, int b, int c);
    }

    /// A function of three i32 with an i32 as result.
    @FunctionalInterface
    public interface I32x3Operator {
        int apply(int a, int b, int c);
    }

    /// A function of four i32 with an i32 as result.
    @FunctionalInterface
    public interface I32x4Operator {
        int apply(int a, int b, int c, int d);
    }

    private final FunctionType type;
    private final Function<Func, F> view;
    private final Function<F, HostCode.SlotCode> host;

    private Signature(
            String params,
            String result,
            Function<Func, F> view,
            Function<F, HostCode.SlotCode> host) {
        this.type = new FunctionType(types(params), types(result));
        this.view = view;
        this.host = host;
    }

    private static List<ValueType> types(String letters) {
        return letters.chars().mapToObj(Signature::type).toList();
    }

    private static ValueType type(int letter) {
        return switch (letter) {
            case 'i' -> ValueType.I32;
            case 'l' -> ValueType.I64;
            case 'd' -> ValueType.F64;
            default -> throw new AssertionError(letter);
        };
    }

    /// The function type.
    public FunctionType type() {
        return type;
    }

    F view(Func func) {
        return view.apply(func);
    }

    HostCode.SlotCode host(F function) {
        return host.apply(function);
    }

    @Override
    public String toString() {
        return "Signature[" + type + "]";
    }
}
