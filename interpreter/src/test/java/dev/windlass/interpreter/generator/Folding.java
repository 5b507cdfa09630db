package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which nodes can be folded into their parents, and the numbers that `Node.kind()` tells them by.
///
/// The choice is by how often the combinations are executed in the benchmark kernels and in compiled
/// C: address arithmetic, hash and cipher rounds, multiply and add, byte scans, look-ups in tables.
final class Folding {
    /// A folded operator by the labels of its operands, which may be folded themselves.
    record Shape(String name, String a, String b) {
        /// The name of the node's class.
        String label() {
            return name + part(a) + part(b);
        }

        private static String part(String operand) {
            return operand.length() > 1 ? "_" + operand + "_" : operand;
        }

        Numeric.Op op() {
            return Objects.requireNonNull(Numeric.OPS.get(name), name);
        }
    }

    private static final List<String> INNER_I32 =
            List.of(
                    "I32Add", "I32Sub", "I32And", "I32Xor", "I32Or", "I32Rotl", "I32ShrU",
                    "I32ShrS", "I32Shl", "I32Mul");
    private static final List<String> INNER_I64 =
            List.of("I64Add", "I64And", "I64Xor", "I64Rotl", "I64ShrU", "I64Shl", "I64Mul");
    private static final List<String> SHIFTS =
            List.of("I32ShlLC", "I32ShrULC", "I32RotlLC", "I32LoadL");
    private static final Map<String, Integer> KINDS = new LinkedHashMap<>();
    private static final Map<String, Shape> SHAPES = new LinkedHashMap<>();

    /// Addresses in tables of bytes: at a field of a local's or a child's bits, or at a byte.
    private static final List<String> TABLE_ADDRESSES = new ArrayList<>();

    /// Products of a local and a load, and their sums with a load: steps of a dot product.
    private static final List<String> PRODUCTS = new ArrayList<>();

    private static final List<String> SUMS = new ArrayList<>();
    private static final int FIRST_IMPURE;

    static {
        KINDS.put("N", 0);
        KINDS.put("L", 1);
        KINDS.put("C", 2);
        INNER_I32.forEach(Folding::addBoth);
        INNER_I64.forEach(Folding::addBoth);
        add("F64Mul", "L", "L");
        TABLE_ADDRESSES.add(add("I32Add", "I32ShrULC", "C"));
        TABLE_ADDRESSES.add(add("I32Add", "I32AndLC", "C"));
        FIRST_IMPURE = KINDS.size();
        for (String load :
                List.of(
                        "F64LoadL",
                        "F64LoadLC",
                        "I32LoadL",
                        "I32Load8UL",
                        "I32Load8ULC",
                        "I64LoadL",
                        "I64Load32UL")) {
            add(load);
        }
        add("I32ShrU", "N", "C");
        add("I32And", "I32ShrUNC", "C");
        TABLE_ADDRESSES.add(add("I32Add", "I32And_I32ShrUNC_C", "C"));
        TABLE_ADDRESSES.add(add("I32Add", "I32AddLC", "I32Load8UL"));
        TABLE_ADDRESSES.add(add("I32Add", "I32AddLC", "I32Load8ULC"));
        for (String load : List.of("F64LoadL", "F64LoadLC")) {
            PRODUCTS.add(add("F64Mul", "L", load));
        }
        for (String product : PRODUCTS) {
            SUMS.add(add("F64Add", "F64LoadL", product));
        }
        for (String address : TABLE_ADDRESSES) {
            add("I32Load8U_" + address + "_");
        }
    }

    private Folding() {}

    private static void addBoth(String name) {
        add(name, "L", "L");
        add(name, "L", "C");
    }

    private static String add(String name, String a, String b) {
        Shape shape = new Shape(name, a, b);
        SHAPES.put(shape.label(), shape);
        add(shape.label());
        return shape.label();
    }

    private static void add(String label) {
        KINDS.put(label, KINDS.size());
    }

    /// Kinds from this one on read memory or may trap.
    static int firstImpure() {
        return FIRST_IMPURE;
    }

    static int kind(String label) {
        return KINDS.getOrDefault(label, 0);
    }

    /// The kind of a node class, or null if it is never folded.
    static @Nullable Integer kindOfClass(String name) {
        return KINDS.get(name);
    }

    /// What a label of a folded operator stands for.
    static Shape shape(String label) {
        return Objects.requireNonNull(SHAPES.get(label), label);
    }

    /// The labels of addresses in tables that a load takes in.
    static List<String> addressesOf(String load) {
        return load.equals("I32Load8U") ? TABLE_ADDRESSES : List.of();
    }

    /// The labels of values that a store takes in.
    static List<String> valuesOf(String store) {
        return switch (store) {
            case "F64Store" -> SUMS;
            case "I32Store8" -> TABLE_ADDRESSES.stream().map(a -> "I32Load8U_" + a + "_").toList();
            default -> List.of();
        };
    }

    /// The labels of what folds into an operator's operand.
    static List<String> innerOf(String operator) {
        return switch (operator) {
            case "I32Add" -> both(INNER_I32, "I32LoadL", "I32Load8UL", "I32And_I32ShrUNC_C");
            case "I32And" -> both(INNER_I32, "I32LoadL", "I32Load8UL", "I32ShrUNC");
            case "I32Xor", "I32Or", "I32Sub" -> both(INNER_I32, "I32LoadL", "I32Load8UL");
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

    /// The pairs of folded operands that an operator takes.
    static List<Shape> pairsOf(String operator) {
        return switch (operator) {
            case "I32Add" -> {
                List<Shape> pairs = squared(operator, SHIFTS);
                pairs.add(new Shape(operator, "I32AddLC", "I32Load8UL"));
                pairs.add(new Shape(operator, "I32AddLC", "I32Load8ULC"));
                yield pairs;
            }
            case "I32Xor", "I32Or" -> squared(operator, SHIFTS);
            case "F64Add", "F64Sub" -> {
                List<String> operands = new ArrayList<>(List.of("F64MulLL", "F64LoadL"));
                operands.addAll(PRODUCTS);
                yield squared(operator, operands);
            }
            default -> List.of();
        };
    }

    private static List<Shape> squared(String operator, List<String> operands) {
        List<Shape> pairs = new ArrayList<>();
        for (String a : operands) {
            operands.forEach(b -> pairs.add(new Shape(operator, a, b)));
        }
        return pairs;
    }

    private static List<String> both(List<String> inner, String... more) {
        List<String> labels = new ArrayList<>();
        for (String name : inner) {
            labels.add(name + "LL");
            labels.add(name + "LC");
        }
        labels.addAll(List.of(more));
        return labels;
    }
}
