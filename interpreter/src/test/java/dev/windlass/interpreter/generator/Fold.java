package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A node that is folded into its parent, as an operand of the parent.
final class Fold {
    private static final String PRODUCT = "F64MulL_F";

    private Fold() {}

    /// @param label the class of the folded node
    static Operand operand(String label, String field) {
        if (label.startsWith(PRODUCT)) {
            return product(label, field);
        }
        Memory.Load load = Memory.loadOf(label);
        return load != null ? load(label, load, field) : numeric(label, field);
    }

    /// A product of a local and a load: the inner step of a dot product.
    private static Operand product(String label, String field) {
        String node = "((NumericNodes." + label + ") $).";
        Operand load = operand(label.substring(PRODUCT.length() - 1, label.length() - 1), "b");
        String value = load.expression();
        List<Operand.Field> fields = new ArrayList<>();
        fields.add(new Operand.Field("int", field + "a", node + "a"));
        for (Operand.Field inner : load.fields()) {
            fields.add(new Operand.Field(inner.type(), field + inner.name(), node + inner.name()));
            value = value.replaceAll("\\b" + inner.name() + "\\b", field + inner.name());
        }
        String factor = Type.D.slot(field + "a");
        return new Operand(label, Type.D, fields, "(" + factor + " * " + value + ")", false);
    }

    /// A local plus a constant, which is stored to a slot on the way: the counter of a loop.
    static Operand step(String field) {
        List<Operand.Field> fields =
                List.of(
                        new Operand.Field("int", field + "x", "$.a"),
                        new Operand.Field("int", field + "y", "$.b"),
                        new Operand.Field("int", field + "d", "$.dst"));
        String sum = "Raw.getInt(f + %sx) + %sy".formatted(field, field);
        return new Operand(
                "Step", Type.I, fields, "m.step(f + %sd, %s)".formatted(field, sum), false);
    }

    private static Operand numeric(String label, String field) {
        Numeric.Op op =
                Objects.requireNonNull(
                        Numeric.OPS.get(label.substring(0, label.length() - 2)), label);
        char kind = label.charAt(label.length() - 1);
        Operand x = Operand.local(op.operands().get(0), field + "x");
        Operand y = Operand.of(kind, op.operands().get(1), field + "y");
        String node = "((NumericNodes." + label + ") $).";
        List<Operand.Field> fields =
                List.of(
                        new Operand.Field("int", field + "x", node + "a"),
                        new Operand.Field(y.fields().get(0).type(), field + "y", node + "b"));
        return new Operand(
                label, op.result(), fields, op.value(x.expression(), y.expression()), true);
    }

    private static Operand load(String label, Memory.Load load, String field) {
        String node = "((MemoryNodes." + label + ") $).";
        List<Operand.Field> fields = new ArrayList<>();
        String index = "Raw.getInt(f + " + field + "x)";
        if (label.endsWith("LC")) {
            fields.add(new Operand.Field("int", field + "x", node + "ax"));
            fields.add(new Operand.Field("int", field + "y", node + "ay"));
            index = "(" + index + " + " + field + "y)";
        } else {
            fields.add(new Operand.Field("int", field + "x", node + "a"));
        }
        fields.add(new Operand.Field("long", field + "o", node + "off"));
        fields.add(new Operand.Field("int", field + "t", node + "at"));
        String address = Memory.address(index, field + "o", load.width(), field + "t");
        return new Operand(label, load.type(), fields, load.get(address), false);
    }
}
