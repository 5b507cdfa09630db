package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.List;

/// A node that is folded into its parent, as an operand of the parent.
final class Fold {
    private Fold() {}

    /// @param label the class of the folded node
    static Operand operand(String label, String field) {
        Memory.Load load = Memory.loadOf(label);
        return load != null ? load(label, load, field) : numeric(label, field);
    }

    private static Operand numeric(String label, String field) {
        Folding.Shape shape = Folding.shape(label);
        Operand a = Operand.of(shape.a(), shape.op().operands().get(0), "a");
        Operand b = Operand.of(shape.b(), shape.op().operands().get(1), "b");
        List<Operand.Field> fields = new ArrayList<>(a.fields());
        fields.addAll(b.fields());
        String value = shape.op().value(a.expression(), b.expression());
        return nested(label, shape.op().result(), "NumericNodes", fields, value, field);
    }

    private static Operand load(String label, Memory.Load load, String field) {
        Operand address = Memory.addressOperand(label.substring(load.name().length()));
        List<Operand.Field> fields = new ArrayList<>(address.fields());
        fields.add(new Operand.Field("int", "off", ""));
        fields.add(new Operand.Field("int", "at", ""));
        String value = load.get(Memory.address(address.expression(), "off", load.width(), "at"));
        return nested(label, load.type(), "MemoryNodes", fields, value, field);
    }

    /// The value of a node whose fields become fields of the parent, behind a prefix.
    private static Operand nested(
            String label,
            Type type,
            String file,
            List<Operand.Field> inner,
            String value,
            String field) {
        List<String> names = inner.stream().map(Operand.Field::name).toList();
        String expression =
                value.replaceAll("\\b(" + String.join("|", names) + ")\\b", field + "$1");
        List<Operand.Field> fields =
                inner.stream()
                        .map(f ->
                                new Operand.Field(
                                        f.type(),
                                        field + f.name(),
                                        "((%s.%s) $).%s".formatted(file, label, f.name())))
                        .toList();
        return new Operand(label, type, fields, expression);
    }

    /// A local plus a constant, which is stored to a slot on the way: the counter of a loop.
    static Operand step(String field) {
        List<Operand.Field> fields =
                List.of(
                        new Operand.Field("int", field + "x", "$.a"),
                        new Operand.Field("int", field + "y", "$.b"),
                        new Operand.Field("int", field + "d", "$.dst"));
        String sum = "Raw.getInt(f, %sx) + %sy".formatted(field, field);
        return new Operand("Step", Type.I, fields, "m.step(f, %sd, %s)".formatted(field, sum));
    }
}
