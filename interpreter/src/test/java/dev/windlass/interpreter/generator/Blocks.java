package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Blocks by number of statements, and branches with their comparison fused.
@SuppressWarnings("StringSplitter")
final class Blocks {
    /// Statements that a plain block holds.
    private static final int MAX_STATEMENTS = 8;

    /// Statements that a block with a fused comparison holds.
    private static final int MAX_FUSED = 4;

    private static final List<String> FUSED_SHAPES = List.of("LL", "LC", "NC", "NL", "NN");

    private Blocks() {}

    /// Whether blocks are made for branches on that comparison.
    static boolean isFused(Numeric.Op op, List<Operand> shape) {
        boolean integer = op.operands().get(0) == Type.I || op.operands().get(0) == Type.L;
        return op.isCompare() && integer && shape.size() == 2 && !isFoldedChild(shape);
    }

    private static boolean isFoldedChild(List<Operand> shape) {
        return shape.get(0).kind() > 2 && shape.get(1).label().equals("N");
    }

    /// The class that holds the blocks of a comparison.
    static String file(Numeric.Op op) {
        return op.operands().get(0) == Type.I ? "I32Branches" : "I64Branches";
    }

    static void generate(Map<String, String> files) {
        plain(files);
        fused(files, "I32Branches");
        fused(files, "I64Branches");
    }

    // Plain blocks.

    private static void plain(Map<String, String> files) {
        Source out = new Source("PlainBlocks", "Blocks by number of statements.");
        family(out, "jump", "Jump", "", "", "return next;", 0);
        family(
                out,
                "branch",
                "Branch",
                "final Node c; ",
                "Node c",
                "return c.i(f, m) != 0 ? yes : no;",
                0);
        family(
                out,
                "branchLocal",
                "Branch",
                "final int c; ",
                "int c",
                "return Raw.getInt(f, c) != 0 ? yes : no;",
                0);
        family(out, "loop", "Branch", "final Node c; ", "Node c", "LOOP c.i(f, m) != 0", 0);
        family(
                out,
                "loopLocal",
                "Branch",
                "final int c; ",
                "int c",
                "LOOP Raw.getInt(f, c) != 0",
                0);
        family(out, "ret", "Block", "", "", "return m.pop(f);", 0);
        family(
                out,
                "call",
                "Jump",
                "final FunctionCode callee; final int site; ",
                "FunctionCode callee, int site",
                "return m.call(callee, f + site, next);",
                0);
        for (int n = 2; n <= MAX_STATEMENTS; n++) {
            sequence(out, n);
        }
        out.line("");
        out.line("    /// Several statements as one.");
        out.line("    public static Node sequence(Node[] s, int from, int count) {");
        out.line("        Built node = switch (count) {");
        for (int n = 2; n <= MAX_STATEMENTS; n++) {
            StringBuilder arguments = new StringBuilder();
            for (int i = 0; i < n; i++) {
                arguments.append(i == 0 ? "s[from]" : ", s[from + " + i + "]");
            }
            out.line("            case %d -> new Sequence%d(%s);", n, n, arguments);
        }
        out.line("            default -> throw new AssertionError(count);");
        out.line("        };");
        out.line("        return (Node) node;");
        out.line("    }");
        out.finish(files);
    }

    private static void sequence(Source out, int n) {
        out.line("");
        out.line("    static final class Sequence%d extends Node {", n);
        out.line("        %s", statementFields(n));
        out.line(
                "        Sequence%d(%s) { %s}", n, statementParameters(n), statementAssignments(n));
        out.line("        @Override public void x(long f, Machine m) { %s}", statementCalls(n));
        out.line("    }");
    }

    private static void family(
            Source out,
            String name,
            String base,
            String fields,
            String parameters,
            String body,
            int min) {
        String type = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        String names =
                parameters.isEmpty() ? "" : ", " + parameters.replaceAll("(^|, )\\w+ ", "$1");
        out.line("");
        out.line("    /// @param n at most %d", MAX_STATEMENTS);
        out.line(
                "    public static Block %s(Node[] s, int n%s) {",
                name, parameters.isEmpty() ? "" : ", " + parameters);
        out.line("        Built block = switch (n) {");
        for (int n = min; n <= MAX_STATEMENTS; n++) {
            out.line("            case %d -> new %s%d(%s);", n, type, n, arguments(n, names));
        }
        out.line("            default -> throw new AssertionError(n);");
        out.line("        };");
        out.line("        return (Block) block;");
        out.line("    }");
        for (int n = min; n <= MAX_STATEMENTS; n++) {
            String all = join(statementParameters(n), parameters);
            StringBuilder assignments = new StringBuilder(statementAssignments(n));
            for (String p : parameters.isEmpty() ? new String[0] : parameters.split(", ")) {
                String field = p.substring(p.indexOf(' ') + 1);
                assignments.append("this.").append(field).append(" = ").append(field).append("; ");
            }
            block(
                    out,
                    type + n,
                    base,
                    statementFields(n) + fields,
                    all,
                    assignments.toString(),
                    n,
                    body);
        }
    }

    private static void block(
            Source out,
            String name,
            String base,
            String fields,
            String parameters,
            String assignments,
            int n,
            String body) {
        out.line("    static final class %s extends %s {", name, base);
        out.line("        %s", fields);
        out.line("        %s(%s) { %s}", name, parameters, assignments);
        if (body.startsWith("LOOP ")) {
            out.line("        @Override public Block run(long f, Machine m) {");
            // The poll comes first: HotSpot makes a copy of what is before a loop's first exit.
            out.line(
                    "            while (!m.isInterrupted()) { %sif (!(%s)) { return no; } }",
                    statementCalls(n), body.substring(5));
            out.line("            return this;");
            out.line("        }");
        } else {
            out.line(
                    "        @Override public Block run(long f, Machine m) { %s%s }",
                    statementCalls(n), body);
        }
        out.line("    }");
    }

    // Fused branches.

    private static void fused(Map<String, String> files, String file) {
        Source out = new Source(file, "Branches and loops with their comparison.");
        for (Numeric.Op op : Numeric.OPS.values()) {
            if (!op.isCompare() || op.operands().size() != 2 || !file(op).equals(file)) {
                continue;
            }
            for (List<Operand> shape : shapes(op)) {
                if (isFused(op, shape)) {
                    fused(out, op, shape);
                }
            }
            if (op.operands().get(0) == Type.I) {
                fused(out, op, List.of(Fold.step("a"), Operand.constant(Type.I, "b")));
                fused(out, op, List.of(Fold.step("a"), Operand.local(Type.I, "b")));
            }
        }
        out.finish(files);
    }

    private static List<List<Operand>> shapes(Numeric.Op op) {
        List<List<Operand>> shapes = new ArrayList<>();
        Type type = op.operands().get(0);
        for (String kinds : FUSED_SHAPES) {
            shapes.add(
                    List.of(
                            Operand.of(kinds.charAt(0), type, "a"),
                            Operand.of(kinds.charAt(1), type, "b")));
        }
        for (String inner : Folding.innerOf(op.name())) {
            shapes.add(List.of(Fold.operand(inner, "a"), Operand.local(type, "b")));
            shapes.add(List.of(Fold.operand(inner, "a"), Operand.constant(type, "b")));
        }
        return shapes;
    }

    private static void fused(Source out, Numeric.Op op, List<Operand> shape) {
        String name = Specialised.className(op.name(), shape);
        String condition = op.condition(shape.get(0).expression(), shape.get(1).expression());
        String parameters = shape.get(0).parameters() + ", " + shape.get(1).parameters();
        String names = Specialised.names(shape);
        fusedFactory(out, Source.lower(name), name + "_", parameters, names);
        fusedFactory(out, Source.lower(name) + "Loop", name + "Loop", parameters, names);
        for (int n = 0; n <= MAX_FUSED; n++) {
            String fields =
                    statementFields(n) + shape.get(0).declarations() + shape.get(1).declarations();
            String assignments =
                    statementAssignments(n)
                            + shape.get(0).assignments()
                            + shape.get(1).assignments();
            String all = join(statementParameters(n), parameters);
            block(
                    out,
                    name + "_" + n,
                    "Branch",
                    fields,
                    all,
                    assignments,
                    n,
                    "return " + condition + " ? yes : no;");
            block(
                    out,
                    name + "Loop" + n,
                    "Branch",
                    fields,
                    all,
                    assignments,
                    n,
                    "LOOP " + condition);
        }
    }

    private static void fusedFactory(
            Source out, String method, String type, String parameters, String names) {
        out.line("");
        out.line("    static Built %s(Node[] statements, int count, %s) {", method, parameters);
        out.line("        Node[] s = Statements.packed(statements, count, %d);", MAX_FUSED);
        // One return each: where branches of an expression meet, the verifier would load all
        // classes.
        out.line("        switch (Math.min(count, %d)) {", MAX_FUSED);
        for (int n = 0; n < MAX_FUSED; n++) {
            out.line(
                    "            case %d: return new %s%d(%s);",
                    n, type, n, arguments(n, ", " + names));
        }
        out.line(
                "            default: return new %s%d(%s);",
                type, MAX_FUSED, arguments(MAX_FUSED, ", " + names));
        out.line("        }");
        out.line("    }");
    }

    // Statements.

    private static String statementFields(int n) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < n; i++) {
            s.append("final Node s").append(i).append("; ");
        }
        return s.toString();
    }

    private static String statementParameters(int n) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < n; i++) {
            s.append(i == 0 ? "" : ", ").append("Node s").append(i);
        }
        return s.toString();
    }

    private static String statementAssignments(int n) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < n; i++) {
            s.append("this.s").append(i).append(" = s").append(i).append("; ");
        }
        return s.toString();
    }

    private static String statementCalls(int n) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < n; i++) {
            s.append("s").append(i).append(".x(f, m); ");
        }
        return s.toString();
    }

    /// @param more empty, or begins with a comma
    private static String arguments(int n, String more) {
        StringBuilder s = new StringBuilder();
        for (int i = 0; i < n; i++) {
            s.append(i == 0 ? "" : ", ").append("s[").append(i).append("]");
        }
        return n == 0 && !more.isEmpty() ? more.substring(2) : s + more;
    }

    private static String join(String a, String b) {
        return a.isEmpty() || b.isEmpty() ? a + b : a + ", " + b;
    }
}
