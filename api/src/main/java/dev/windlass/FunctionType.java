package dev.windlass;

import dev.windlass.wasm.DefType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TypeRegistry;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The type of a function.
public record FunctionType(List<ValueType> params, List<ValueType> results) implements ExternType {
    public FunctionType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    /// A function type with at most one result is often written
    /// `FunctionType.of(List.of(I32, I32), I32)`.
    public static FunctionType of(List<ValueType> params, ValueType... results) {
        return new FunctionType(params, List.of(results));
    }

    static FunctionType ofClosed(FuncType type) {
        return new FunctionType(
                IntStream.of(type.params()).mapToObj(ValueType::ofClosed).toList(),
                IntStream.of(type.results()).mapToObj(ValueType::ofClosed).toList());
    }

    /// The canonical type: final, without a supertype, a group of its own.
    DefType canonical() {
        FuncType type = new FuncType(bits(params), bits(results));
        return TypeRegistry.canonical(List.of(new SubType(true, List.of(), type)), new int[] {0})[
                0];
    }

    private static int[] bits(List<ValueType> types) {
        return types.stream().mapToInt(ValueType::bits).toArray();
    }

    /// As in the specification: `[i32 i64] -> [f32]`.
    @Override
    public String toString() {
        return text(params) + " -> " + text(results);
    }

    private static String text(List<ValueType> types) {
        return types.stream().map(ValueType::toString).collect(Collectors.joining(" ", "[", "]"));
    }
}
