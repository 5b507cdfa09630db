package dev.windlass.interpreter.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which nodes can be folded into their parents, and the numbers that `Node.kind()` tells them by.
///
/// The choice is by how often the pairs are executed in the benchmark kernels and in compiled C:
/// address arithmetic, hash and cipher rounds, multiply and add, byte scans.
final class Folding {
    private static final List<String> INNER_I32 =
            List.of(
                    "I32Add", "I32Sub", "I32And", "I32Xor", "I32Or", "I32Rotl", "I32ShrU",
                    "I32ShrS", "I32Shl", "I32Mul");
    private static final List<String> INNER_I64 =
            List.of("I64Add", "I64And", "I64Xor", "I64Rotl", "I64ShrU", "I64Shl", "I64Mul");
    private static final Map<String, Integer> KINDS = new LinkedHashMap<>();

    private static final int FIRST_LOAD;

    static {
        KINDS.put("N", 0);
        KINDS.put("L", 1);
        KINDS.put("C", 2);
        INNER_I32.forEach(Folding::addBoth);
        INNER_I64.forEach(Folding::addBoth);
        add("F64MulLL");
        FIRST_LOAD = KINDS.size();
        add("F64LoadL");
        add("I32LoadL");
        add("I32Load8UL");
        add("I64LoadL");
        add("I64Load32UL");
        add("F64LoadLC");
        add("F64MulL_F64LoadL_");
        add("F64MulL_F64LoadLC_");
    }

    private Folding() {}

    private static void addBoth(String name) {
        add(name + "LL");
        add(name + "LC");
    }

    private static void add(String name) {
        KINDS.put(name, KINDS.size());
    }

    /// Kinds from this one on read memory.
    static int firstLoad() {
        return FIRST_LOAD;
    }

    static int kind(String label) {
        return KINDS.getOrDefault(label, 0);
    }

    /// The kind of a node class, or null if it is never folded.
    static @Nullable Integer kindOfClass(String name) {
        return KINDS.get(name);
    }

    /// The labels of what folds into an operator's operand.
    static List<String> innerOf(String operator) {
        return switch (operator) {
            case "I32Add", "I32Xor", "I32And", "I32Or", "I32Sub" ->
                    both(INNER_I32, "I32LoadL", "I32Load8UL");
            case "I64Add", "I64Xor", "I64And", "I64Or", "I64Sub" ->
                    both(INNER_I64, "I64LoadL", "I64Load32UL");
            case "F64Add", "F64Sub" -> List.of("F64MulLL", "F64LoadL");
            case "F64Mul" -> List.of("F64LoadL", "F64LoadLC");
            case "I32Rotl", "I32Mul" -> List.of("I32XorLL");
            case "I32Eq", "I32Ne" -> List.of("I32AndLC", "I32LoadL", "I32Load8UL");
            case "I64Mul" -> List.of("I64Load32UL");
            default -> List.of();
        };
    }

    /// Whether an operator takes two folded operands, and which.
    static List<String> pairsOf(String operator) {
        return switch (operator) {
            case "I32Add", "I32Xor", "I32Or" ->
                    List.of("I32ShlLC", "I32ShrULC", "I32RotlLC", "I32LoadL");
            case "F64Add", "F64Sub" ->
                    List.of("F64MulLL", "F64LoadL", "F64MulL_F64LoadL_", "F64MulL_F64LoadLC_");
            default -> List.of();
        };
    }

    private static List<String> both(List<String> inner, String... more) {
        List<String> labels = new java.util.ArrayList<>();
        for (String name : inner) {
            labels.add(name + "LL");
            labels.add(name + "LC");
        }
        labels.addAll(List.of(more));
        return labels;
    }
}
