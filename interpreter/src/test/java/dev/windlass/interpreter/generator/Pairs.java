package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Two simple statements in one node: half the calls. Which ones follows from what compiled loops
/// are full of: copies before calls and jumps, counters, byte and word loads, rounds of ciphers.
final class Pairs {
    /// @param node the class of the single statement, seen from the generated package
    /// @param fields type, letter in the pair and name in the node of what it has
    /// @param statement Java, with `$` for the prefix
    private record Shape(String node, List<String[]> fields, String statement) {}

    private static final List<Shape> SHAPES = new ArrayList<>();

    /// The shapes that any other may follow.
    private static final int SIMPLE;

    /// What follows the bigger ones.
    private static final String STEP = "NumericNodes.I32AddLC";

    static {
        shape("Local", "Raw.putLong(f, $d, Raw.getLong(f, $a));", "int d dst", "int a slot");
        shape("I32Const", "Raw.putLong(f, $d, $a);", "int d dst", "int a value");
        numeric("I32AddLC", "Raw.getInt(f, $a) + $b");
        numeric("I32AddLL", "Raw.getInt(f, $a) + Raw.getInt(f, $b)");
        numeric("I32AndLC", "Raw.getInt(f, $a) & $b");
        numeric("I32ShlLC", "Raw.getInt(f, $a) << $b");
        rotation();
        load("I32LoadL", "Raw.putLong(f, $d, Raw.getInt(%s));", 4);
        load("I32Load8UL", "Raw.putLong(f, $d, Raw.getByte(%s) & 0xFF);", 1);
        load("I64LoadL", "Raw.putLong(f, $d, Raw.getLong(%s));", 8);
        load("F64LoadL", "Raw.putDouble(f, $d, Raw.getDouble(%s));", 8);
        store("I32StoreLL", "Raw.putInt(%s, Raw.getInt(f, $v));", 4);
        store("I64StoreLL", "Raw.putLong(%s, Raw.getLong(f, $v));", 8);
        SIMPLE = SHAPES.size();
        Memory.sumStores().forEach(Pairs::sum);
    }

    private Pairs() {}

    private static void shape(String node, String statement, String... fields) {
        List<String[]> split = new ArrayList<>();
        for (String field : fields) {
            split.add(field.split(" ", -1));
        }
        SHAPES.add(new Shape(node, split, statement));
    }

    private static void numeric(String node, String value) {
        shape(
                "NumericNodes." + node,
                "Raw.putLong(f, $d, " + value + ");",
                "int d dst",
                "int a a",
                "int b b");
    }

    private static void rotation() {
        shape(
                "NumericNodes.I32Rotl_I32XorLL_C",
                "Raw.putLong(f, $d, Numerics.i32Rotl(Raw.getInt(f, $a) ^ Raw.getInt(f, $b), $c));",
                "int d dst",
                "int a aa",
                "int b ab",
                "int c b");
    }

    private static String address(int width) {
        return Memory.address("Raw.getInt(f, $a)", "$o", width, "$t");
    }

    private static void load(String node, String statement, int width) {
        shape(
                "MemoryNodes." + node,
                statement.formatted(address(width)),
                "int d dst",
                "int a a",
                "int o off",
                "int t at");
    }

    private static void store(String node, String statement, int width) {
        shape(
                "MemoryNodes." + node,
                statement.formatted(address(width)),
                "int a a",
                "int v v",
                "int o off",
                "int t at");
    }

    /// A step of a dot product in memory.
    private static void sum(Memory.Statement store) {
        List<String[]> fields = new ArrayList<>();
        String statement = store.text();
        for (Operand.Field field : store.fields()) {
            fields.add(new String[] {field.type(), "_" + field.name(), field.name()});
            statement = statement.replaceAll("\\b" + field.name() + "\\b", "\\$_" + field.name());
        }
        SHAPES.add(new Shape("MemoryNodes." + store.name(), fields, statement));
    }

    /// Whether there is a class for a pair.
    private static boolean isPair(int i, int j) {
        return j < SIMPLE && (i < SIMPLE || SHAPES.get(j).node.equals(STEP));
    }

    /// The number by which a statement's class is known here, or 0.
    static int number(String className) {
        for (int i = 0; i < SHAPES.size(); i++) {
            if (SHAPES.get(i).node.equals(className)
                    || SHAPES.get(i).node.endsWith("." + className)) {
                return i + 1;
            }
        }
        return 0;
    }

    static void generate(Map<String, String> files) {
        Source out = new Source("StatementPairs", "Two simple statements in one node.");
        out.line("");
        out.line("    /// The pair, or null if there is none of these classes.");
        out.line("    public static @org.jspecify.annotations.Nullable Node of(Node p, Node q) {");
        out.line("        int first = p.pairing();");
        out.line("        int second = q.pairing();");
        out.line("        if (first == 0 || second == 0) { return null; }");
        out.line("        Built node = switch (first) {");
        for (int i = 0; i < SHAPES.size(); i++) {
            out.line("            case %d -> after%d(p, q, second);", i + 1, i + 1);
        }
        out.line("            default -> throw new AssertionError(first);");
        out.line("        };");
        out.line("        return (Node) node;");
        out.line("    }");
        for (int i = 0; i < SHAPES.size(); i++) {
            after(out, i);
            for (int j = 0; j < SHAPES.size(); j++) {
                if (isPair(i, j)) {
                    String name = "Pair" + (i + 1) + "_" + (j + 1);
                    pair(out, name, SHAPES.get(i), SHAPES.get(j));
                }
            }
        }
        out.finish(files);
    }

    private static void after(Source out, int i) {
        String node = SHAPES.get(i).node;
        out.line("");
        out.line(
                "    private static @org.jspecify.annotations.Nullable Built after%d(Node p, Node q, int second) {",
                i + 1);
        out.line("        return switch (second) {");
        for (int j = 0; j < SHAPES.size(); j++) {
            String other = SHAPES.get(j).node;
            if (isPair(i, j)) {
                out.line(
                        "            case %d -> new Pair%d_%d((%s) p, (%s) q);",
                        j + 1, i + 1, j + 1, node, other);
            }
        }
        out.line("            default -> null;");
        out.line("        };");
        out.line("    }");
    }

    private static void pair(Source out, String name, Shape p, Shape q) {
        out.line("    static final class %s extends Node {", name);
        out.line("        %s%s", declarations(p, "p"), declarations(q, "q"));
        out.line(
                "        %s(%s p, %s q) { %s%s}",
                name, p.node, q.node, assignments(p, "p"), assignments(q, "q"));
        out.line("        @Override public void x(long f, Machine m) {");
        out.line("            %s", p.statement.replace("$", "p"));
        out.line("            %s", q.statement.replace("$", "q"));
        out.line("        }");
        out.line("    }");
    }

    private static String declarations(Shape shape, String prefix) {
        StringBuilder s = new StringBuilder();
        for (String[] field : shape.fields) {
            s.append("final ")
                    .append(field[0])
                    .append(' ')
                    .append(prefix)
                    .append(field[1])
                    .append("; ");
        }
        return s.toString();
    }

    private static String assignments(Shape shape, String prefix) {
        StringBuilder s = new StringBuilder();
        for (String[] field : shape.fields) {
            s.append(prefix)
                    .append(field[1])
                    .append(" = ")
                    .append(prefix)
                    .append('.')
                    .append(field[2])
                    .append("; ");
        }
        return s.toString();
    }
}
