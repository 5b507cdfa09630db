package dev.windlass.interpreter.generator;

import java.util.List;

/// One operand of a specialised class: how it is kept in fields and evaluated.
///
/// @param label for class names: `L` local, `C` constant, `N` child node, or the name of the class
///     of a node that is folded in
/// @param type of the value
/// @param fields what is kept
/// @param expression the value, from the fields
record Operand(String label, Type type, List<Field> fields, String expression) {
    /// @param argument Java expression for the constructor's argument, with `$` for the node
    record Field(String type, String name, String argument) {}

    static Operand local(Type type, String field) {
        return new Operand(
                "L", type, List.of(new Field("int", field, "((Local) $).slot")), type.slot(field));
    }

    static Operand constant(Type type, String field) {
        return new Operand(
                "C",
                type,
                List.of(new Field(type.java, field, "((" + type.constant + ") $).value")),
                field);
    }

    static Operand child(Type type, String field) {
        return new Operand(
                "N",
                type,
                List.of(new Field("Node", field, "$")),
                field + "." + type.method + "(f, m)");
    }

    static Operand of(char kind, Type type, String field) {
        return switch (kind) {
            case 'L' -> local(type, field);
            case 'C' -> constant(type, field);
            case 'N' -> child(type, field);
            default -> throw new IllegalArgumentException("kind " + kind);
        };
    }

    /// An operand by its label.
    static Operand of(String label, Type type, String field) {
        return label.length() == 1 ? of(label.charAt(0), type, field) : Fold.operand(label, field);
    }

    String declarations() {
        StringBuilder s = new StringBuilder();
        for (Field field : fields) {
            s.append("final ").append(field.type).append(' ').append(field.name).append("; ");
        }
        return s.toString();
    }

    String parameters() {
        return String.join(", ", fields.stream().map(x -> x.type + " " + x.name).toList());
    }

    String assignments() {
        StringBuilder s = new StringBuilder();
        for (Field field : fields) {
            s.append("this.").append(field.name).append(" = ").append(field.name).append("; ");
        }
        return s.toString();
    }

    /// What a factory passes, from a node variable of that name.
    String arguments(String node) {
        return String.join(", ", fields.stream().map(x -> x.argument.replace("$", node)).toList());
    }

    /// The value that `Node.kind()` has for nodes that this operand takes.
    int kind() {
        return Folding.kind(label);
    }
}
