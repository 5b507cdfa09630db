package dev.windlass.wasm;

import java.util.Arrays;
import java.util.stream.Collectors;

/// A function type. The arrays hold [ValType] bits; they belong to this object and are not to be
/// written to (they are not copied, because the interpreter and the validator read them on every
/// call that they check).
public record FuncType(int[] params, int[] results) implements CompositeType {
    public static final FuncType EMPTY = new FuncType(new int[0], new int[0]);

    public static FuncType of(int[] params, int... results) {
        return new FuncType(params, results);
    }

    /// Slots of all parameters.
    public int paramSlots() {
        return slots(params);
    }

    /// Slots of all results.
    public int resultSlots() {
        return slots(results);
    }

    private static int slots(int[] types) {
        int n = 0;
        for (int type : types) {
            n += ValType.slots(type);
        }
        return n;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FuncType f
                && Arrays.equals(params, f.params)
                && Arrays.equals(results, f.results);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(params) + Arrays.hashCode(results);
    }

    /// As in the specification: `[i32 i64] -> [f32]`.
    @Override
    public String toString() {
        return text(params) + " -> " + text(results);
    }

    private static String text(int[] types) {
        return Arrays.stream(types)
                .mapToObj(ValType::text)
                .collect(Collectors.joining(" ", "[", "]"));
    }
}
