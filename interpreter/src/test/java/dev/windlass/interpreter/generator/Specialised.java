package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.List;

/// One numeric instruction's classes and the factory that chooses among them.
@SuppressWarnings("StringSplitter")
final class Specialised {
    private static final List<String> SWAPPED =
            List.of(
                    "LtS:GtS", "LtU:GtU", "LeS:GeS", "LeU:GeU", "GtS:LtS", "GtU:LtU", "GeS:LeS",
                    "GeU:LeU");

    private final Numeric.Op op;
    private final List<List<Operand>> shapes = new ArrayList<>();

    Specialised(Numeric.Op op) {
        this.op = op;
    }

    void write(Source out) {
        if (op.operands().size() == 1) {
            unaryShapes();
        } else {
            binaryShapes();
        }
        out.line("");
        out.line(
                "    static Built %s(Node a%s%s) {",
                Source.lower(op.name()),
                op.operands().size() == 2 ? ", Node b" : "",
                op.traps() ? ", int at" : "");
        factoryBody(out);
        out.line("    }");
        for (List<Operand> shape : shapes) {
            writeClass(out, shape);
        }
        if (op.isCompare() && op.operands().get(0) == Type.I && op.operands().size() == 2) {
            writeClass(out, List.of(Fold.step("a"), Operand.constant(Type.I, "b")));
            writeClass(out, List.of(Fold.step("a"), Operand.local(Type.I, "b")));
        }
    }

    private void unaryShapes() {
        shapes.add(List.of(Operand.local(op.operands().get(0), "a")));
        shapes.add(List.of(Operand.child(op.operands().get(0), "a")));
    }

    /// Whether the left operand may always go to the right: comparisons have their mirror.
    private boolean swaps() {
        return op.commutes() || !mirror().isEmpty();
    }

    /// Of an integer's ordering: the name of the instruction with the operands swapped.
    private String mirror() {
        if (op.operands().get(0) == Type.F || op.operands().get(0) == Type.D) {
            return "";
        }
        for (String pair : SWAPPED) {
            String[] names = pair.split(":");
            if (op.name().endsWith(names[0]) && op.name().length() == 6) {
                return op.name().substring(0, 3) + names[1];
            }
        }
        return "";
    }

    private void binaryShapes() {
        for (String kinds :
                swaps()
                        ? List.of("LL", "LC", "NL", "NC", "NN")
                        : List.of("LL", "LC", "CL", "LN", "CN", "NL", "NC", "NN")) {
            shape(operand(kinds.charAt(0), "a"), operand(kinds.charAt(1), "b"));
        }
        for (String inner : Folding.innerOf(op.name())) {
            Operand folded = Fold.operand(inner, "a");
            for (char kind : "LCN".toCharArray()) {
                shape(folded, operand(kind, "b"));
            }
            if (!op.commutes()) {
                for (char kind : "LN".toCharArray()) {
                    shape(operand(kind, "a"), Fold.operand(inner, "b"));
                }
            }
        }
        for (Folding.Shape pair : Folding.pairsOf(op.name())) {
            shape(Fold.operand(pair.a(), "a"), Fold.operand(pair.b(), "b"));
        }
    }

    private void shape(Operand a, Operand b) {
        shapes.add(List.of(a, b));
    }

    private Operand operand(char kind, String field) {
        return Operand.of(kind, op.operands().get(field.equals("a") ? 0 : 1), field);
    }

    // The factory: looks for the exact pair of kinds, then for less and less.

    private void factoryBody(Source out) {
        String at = op.traps() ? ", at" : "";
        if (op.operands().size() == 1) {
            out.line(
                    "        return a.kind() == Node.LOCAL ? new %sL(((Local) a).slot%s) : new %sN(a%s);",
                    op.name(), at, op.name(), at);
            return;
        }
        if (op.commutes()) {
            out.line(
                    "        if (Numerical.leads(b, a)) { return %s(b, a); }",
                    Source.lower(op.name()));
        } else if (!mirror().isEmpty()) {
            out.line(
                    "        if (Numerical.leads(b, a)) { return %s(b, a); }",
                    Source.lower(mirror()));
        }
        out.line("        switch (a.kind() << 8 | b.kind()) {");
        for (List<Operand> shape : shapes) {
            Operand a = shape.get(0);
            Operand b = shape.get(1);
            if (a.kind() == 0 && b.kind() == 0) {
                continue;
            }
            out.line(
                    "            case %d: return %s;",
                    a.kind() << 8 | b.kind(), construct(shape, at));
        }
        out.line("        }");
        boolean foldsLeft = !Folding.innerOf(op.name()).isEmpty();
        if (foldsLeft) {
            out.line("        switch (a.kind()) {");
            for (List<Operand> shape : shapes) {
                if (shape.get(1).label().equals("N") && shape.get(0).kind() > 0) {
                    out.line(
                            "            case %d: return %s;",
                            shape.get(0).kind(), construct(shape, at));
                }
            }
            out.line("        }");
        }
        out.line("        switch (b.kind()) {");
        for (List<Operand> shape : shapes) {
            if (shape.get(0).label().equals("N") && shape.get(1).kind() > 0) {
                out.line(
                        "            case %d: return %s;",
                        shape.get(1).kind(), construct(shape, at));
            }
        }
        out.line("        }");
        if (op.commutes()) {
            // A left operand that another operator could take in stands in the way of the right
            // one.
            out.line("        switch (b.kind()) {");
            for (List<Operand> shape : shapes) {
                int kind = shape.get(0).kind();
                if (shape.get(1).label().equals("N")
                        && kind > Operand.constant(Type.I, "a").kind()
                        && kind < Folding.firstImpure()) {
                    out.line(
                            "            case %d: return new %s(%s, a%s);",
                            kind, className(shape), shape.get(0).arguments("b"), at);
                }
            }
            out.line("        }");
        }
        if (!swaps() && !foldsLeft) {
            out.line("        switch (a.kind()) {");
            for (List<Operand> shape : shapes) {
                if (shape.get(1).label().equals("N") && shape.get(0).kind() > 0) {
                    out.line(
                            "            case %d: return %s;",
                            shape.get(0).kind(), construct(shape, at));
                }
            }
            out.line("        }");
        }
        out.line("        return new %sNN(a, b%s);", op.name(), at);
    }

    private String construct(List<Operand> shape, String at) {
        return String.format(
                "new %s(%s, %s%s)",
                className(shape), shape.get(0).arguments("a"), shape.get(1).arguments("b"), at);
    }

    static String className(String op, List<Operand> shape) {
        StringBuilder s = new StringBuilder(op);
        for (Operand operand : shape) {
            s.append(operand.label().length() > 1 ? "_" + operand.label() + "_" : operand.label());
        }
        return s.toString();
    }

    private String className(List<Operand> shape) {
        return className(op.name(), shape);
    }

    private void writeClass(Source out, List<Operand> shape) {
        String name = className(shape);
        boolean traps = op.traps();
        String a = shape.get(0).expression();
        String b = shape.size() == 2 ? shape.get(1).expression() : "";
        String value = op.value(a, b);
        out.line("");
        out.line("    static final class %s extends Node {", name);
        fields(out, name, shape, traps);
        Type t = op.result();
        if (traps) {
            trapping(out, shape);
        } else {
            out.line(
                    "        @Override public %s %s(long f, Machine m) { return %s; }",
                    t.java, t.method, value);
            out.line("        @Override public void x(long f, Machine m) { %s }", t.put(value));
        }
        Integer kind = Folding.kindOfClass(name);
        if (kind != null) {
            out.line("        @Override public int kind() { return %d; }", kind);
        }
        if (Pairs.number(name) > 0) {
            out.line("        @Override public int pairing() { return %d; }", Pairs.number(name));
        }
        if (Blocks.isFused(op, shape)) {
            String target = Blocks.file(op) + "." + Source.lower(name);
            out.line(
                    "        @Override public Block branch(Node[] s, int n) { return (Block) %s(s, n, %s); }",
                    target, names(shape));
            out.line(
                    "        @Override public Block loop(Node[] s, int n) { return (Block) %sLoop(s, n, %s); }",
                    target, names(shape));
        }
        if (op.isCompare() && op.operands().get(0) == Type.I && shape.size() == 2) {
            stepped(out, shape);
        }
        out.line("    }");
    }

    /// Of a comparison of a local: takes in the statement that steps it.
    private void stepped(Source out, List<Operand> shape) {
        String labels = shape.get(0).label() + shape.get(1).label();
        if (!labels.equals("LL") && !labels.equals("LC")) {
            return;
        }
        String name = className(List.of(Fold.step("a"), shape.get(1)));
        out.line("        @Override public Node stepped(Node last) {");
        out.line("            if (!(last instanceof I32AddLC s)) { return this; }");
        out.line("            if (s.dst == a) { return new %s(s.a, s.b, s.dst, b); }", name);
        if (labels.equals("LL")) {
            String swapped = op.commutes() ? op.name() : mirror();
            out.line(
                    "            if (s.dst == b) { return new %s(s.a, s.b, s.dst, a); }",
                    className(swapped, List.of(Fold.step("a"), shape.get(1))));
        }
        out.line("            return this;");
        out.line("        }");
    }

    static String names(List<Operand> shape) {
        return String.join(
                ", ",
                shape.stream().flatMap(o -> o.fields().stream()).map(Operand.Field::name).toList());
    }

    private void trapping(Source out, List<Operand> shape) {
        Type t = op.result();
        out.line("        @Override public %s %s(long f, Machine m) {", t.java, t.method);
        out.line("            %s x = %s;", shape.get(0).type().java, shape.get(0).expression());
        if (shape.size() == 2) {
            out.line("            %s y = %s;", shape.get(1).type().java, shape.get(1).expression());
        }
        out.line(
                "            try { return %s; } catch (Trap t) { throw m.at(t, at); }",
                op.value("x", "y"));
        out.line("        }");
        out.line(
                "        @Override public void x(long f, Machine m) { %s }",
                t.put(t.method + "(f, m)"));
    }

    static void fields(Source out, String name, List<Operand> shape, boolean at) {
        StringBuilder declarations = new StringBuilder();
        StringBuilder assignments = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        for (Operand operand : shape) {
            declarations.append(operand.declarations());
            assignments.append(operand.assignments());
            parameters.add(operand.parameters());
        }
        if (at) {
            declarations.append("private final int at; ");
            assignments.append("this.at = at; ");
            parameters.add("int at");
        }
        out.line("        %s", declarations);
        out.line("        %s(%s) { %s}", name, String.join(", ", parameters), assignments);
    }
}
