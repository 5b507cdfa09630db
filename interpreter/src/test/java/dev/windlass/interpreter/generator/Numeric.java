package dev.windlass.interpreter.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The numeric instructions.
final class Numeric {
    /// @param expression Java, with `$a` and `$b`
    /// @param traps whether it may trap
    /// @param commutes whether the operands may change places
    record Op(
            String opcode,
            List<Type> operands,
            Type result,
            String expression,
            boolean traps,
            boolean commutes) {
        String name() {
            return Source.camel(opcode);
        }

        boolean isCompare() {
            return expression.endsWith("?");
        }

        /// The value; comparisons give 0 or 1.
        String value(String a, String b) {
            String e = condition(a, b);
            return isCompare() ? "(" + e + " ? 1 : 0)" : e;
        }

        /// Of a comparison: the boolean.
        String condition(String a, String b) {
            String e = isCompare() ? expression.substring(0, expression.length() - 1) : expression;
            return e.replace("$a", a).replace("$b", b);
        }
    }

    static final Map<String, Op> OPS = new LinkedHashMap<>();

    private static void op(String opcode, String signature, String expression) {
        List<Type> operands = new ArrayList<>();
        int colon = signature.indexOf(':');
        for (char c : signature.substring(0, colon).toCharArray()) {
            operands.add(Type.of(c));
        }
        boolean traps =
                opcode.contains("_DIV_S")
                        || opcode.contains("_DIV_U")
                        || opcode.contains("_REM_")
                        || (opcode.contains("_TRUNC_F") && !opcode.contains("SAT"));
        boolean commutes = opcode.matches("I(32|64)_(ADD|MUL|AND|OR|XOR|EQ|NE)");
        Op op =
                new Op(
                        opcode,
                        operands,
                        Type.of(signature.charAt(colon + 1)),
                        expression,
                        traps,
                        commutes);
        OPS.put(op.name(), op);
    }

    static {
        for (String t : List.of("I32", "I64")) {
            String l = t.equals("I32") ? "i" : "l";
            String box = t.equals("I32") ? "Integer" : "Long";
            String n = "Numerics." + t.toLowerCase(java.util.Locale.ROOT);
            op(t + "_EQ", l + l + ":i", "$a == $b?");
            op(t + "_NE", l + l + ":i", "$a != $b?");
            op(t + "_LT_S", l + l + ":i", "$a < $b?");
            op(t + "_LT_U", l + l + ":i", n + "LtU($a, $b)?");
            op(t + "_GT_S", l + l + ":i", "$a > $b?");
            op(t + "_GT_U", l + l + ":i", n + "GtU($a, $b)?");
            op(t + "_LE_S", l + l + ":i", "$a <= $b?");
            op(t + "_LE_U", l + l + ":i", n + "LeU($a, $b)?");
            op(t + "_GE_S", l + l + ":i", "$a >= $b?");
            op(t + "_GE_U", l + l + ":i", n + "GeU($a, $b)?");
            op(t + "_EQZ", l + ":i", "$a == 0?");
            op(t + "_CLZ", l + ":" + l, box + ".numberOfLeadingZeros($a)");
            op(t + "_CTZ", l + ":" + l, box + ".numberOfTrailingZeros($a)");
            op(t + "_POPCNT", l + ":" + l, box + ".bitCount($a)");
            op(t + "_ADD", l + l + ":" + l, "($a + $b)");
            op(t + "_SUB", l + l + ":" + l, "($a - $b)");
            op(t + "_MUL", l + l + ":" + l, "($a * $b)");
            op(t + "_DIV_S", l + l + ":" + l, n + "DivS($a, $b)");
            op(t + "_DIV_U", l + l + ":" + l, n + "DivU($a, $b)");
            op(t + "_REM_S", l + l + ":" + l, n + "RemS($a, $b)");
            op(t + "_REM_U", l + l + ":" + l, n + "RemU($a, $b)");
            op(t + "_AND", l + l + ":" + l, "($a & $b)");
            op(t + "_OR", l + l + ":" + l, "($a | $b)");
            op(t + "_XOR", l + l + ":" + l, "($a ^ $b)");
            op(t + "_SHL", l + l + ":" + l, "($a << $b)");
            op(t + "_SHR_S", l + l + ":" + l, "($a >> $b)");
            op(t + "_SHR_U", l + l + ":" + l, "($a >>> $b)");
            op(t + "_ROTL", l + l + ":" + l, n + "Rotl($a, $b)");
            op(t + "_ROTR", l + l + ":" + l, n + "Rotr($a, $b)");
        }
        for (String t : List.of("F32", "F64")) {
            String l = t.equals("F32") ? "f" : "d";
            String n = "Numerics." + t.toLowerCase(java.util.Locale.ROOT);
            op(t + "_EQ", l + l + ":i", "$a == $b?");
            op(t + "_NE", l + l + ":i", "$a != $b?");
            op(t + "_LT", l + l + ":i", "$a < $b?");
            op(t + "_GT", l + l + ":i", "$a > $b?");
            op(t + "_LE", l + l + ":i", "$a <= $b?");
            op(t + "_GE", l + l + ":i", "$a >= $b?");
            for (String u : List.of("ABS", "NEG", "CEIL", "FLOOR", "TRUNC", "NEAREST", "SQRT")) {
                op(t + "_" + u, l + ":" + l, n + Source.camel(u) + "($a)");
            }
            op(t + "_ADD", l + l + ":" + l, "($a + $b)");
            op(t + "_SUB", l + l + ":" + l, "($a - $b)");
            op(t + "_MUL", l + l + ":" + l, "($a * $b)");
            op(t + "_DIV", l + l + ":" + l, "($a / $b)");
            for (String b : List.of("MIN", "MAX", "COPYSIGN")) {
                op(t + "_" + b, l + l + ":" + l, n + Source.camel(b) + "($a, $b)");
            }
        }
        op("I32_WRAP_I64", "l:i", "(int) $a");
        for (String to : List.of("I32", "I64")) {
            for (String from : List.of("F32", "F64")) {
                for (String sign : List.of("S", "U")) {
                    String types =
                            (from.equals("F32") ? "f" : "d") + ":" + (to.equals("I32") ? "i" : "l");
                    String n = "Numerics." + to.toLowerCase(java.util.Locale.ROOT) + "Trunc";
                    op(
                            to + "_TRUNC_" + from + "_" + sign,
                            types,
                            n + Source.camel(from) + sign + "($a)");
                    String java = to.equals("I32") ? "(int) $a" : "(long) $a";
                    String sat = n + "Sat" + Source.camel(from) + "U($a)";
                    op(
                            to + "_TRUNC_SAT_" + from + "_" + sign,
                            types,
                            sign.equals("S") ? java : sat);
                }
            }
        }
        op("I64_EXTEND_I32_S", "i:l", "(long) $a");
        op("I64_EXTEND_I32_U", "i:l", "($a & 0xFFFFFFFFL)");
        op("F32_CONVERT_I32_S", "i:f", "(float) $a");
        op("F32_CONVERT_I32_U", "i:f", "Numerics.f32ConvertI32U($a)");
        op("F32_CONVERT_I64_S", "l:f", "(float) $a");
        op("F32_CONVERT_I64_U", "l:f", "Numerics.f32ConvertI64U($a)");
        op("F32_DEMOTE_F64", "d:f", "Numerics.f32DemoteF64($a)");
        op("F64_CONVERT_I32_S", "i:d", "(double) $a");
        op("F64_CONVERT_I32_U", "i:d", "Numerics.f64ConvertI32U($a)");
        op("F64_CONVERT_I64_S", "l:d", "(double) $a");
        op("F64_CONVERT_I64_U", "l:d", "Numerics.f64ConvertI64U($a)");
        op("F64_PROMOTE_F32", "f:d", "Numerics.f64PromoteF32($a)");
        op("I32_REINTERPRET_F32", "f:i", "Float.floatToRawIntBits($a)");
        op("I64_REINTERPRET_F64", "d:l", "Double.doubleToRawLongBits($a)");
        op("F32_REINTERPRET_I32", "i:f", "Float.intBitsToFloat($a)");
        op("F64_REINTERPRET_I64", "l:d", "Double.longBitsToDouble($a)");
        op("I32_EXTEND8_S", "i:i", "(byte) $a");
        op("I32_EXTEND16_S", "i:i", "(short) $a");
        op("I64_EXTEND8_S", "l:l", "(long) (byte) $a");
        op("I64_EXTEND16_S", "l:l", "(long) (short) $a");
        op("I64_EXTEND32_S", "l:l", "(long) (int) $a");
    }

    private Numeric() {}

    static void generate(Map<String, String> files) {
        Source nodes = new Source("NumericNodes", "The numeric instructions by kind of operands.");
        OPS.values().forEach(op -> new Specialised(op).write(nodes));
        nodes.finish(files);

        Source factory = new Source("Numerical", "Makes the nodes of numeric instructions.");
        factory.line("");
        factory.line(
                "    /// Whether of two operands that may change places the first is the better left one.");
        factory.line("    static boolean leads(Node a, Node b) {");
        factory.line("        int x = a.kind();");
        factory.line("        int y = b.kind();");
        factory.line("        // What may trap stays behind what may trap before it.");
        factory.line(
                "        return rank(x) > rank(y) && !(y == Node.CHILD && x >= %d);",
                Folding.firstImpure());
        factory.line("    }");
        factory.line(
                "    private static int rank(int kind) { return kind == Node.CONST ? 0 : kind == Node.LOCAL ? 1 : kind == Node.CHILD ? 2 : 3; }");
        factory(factory, 1);
        factory(factory, 2);
        factory.finish(files);
    }

    private static void factory(Source out, int operands) {
        String b = operands == 2 ? ", Node b" : "";
        out.line("");
        out.line("    /// @param at the instruction's offset in the module");
        out.line("    public static Node of(Opcode op, Node a%s, int at) {", b);
        out.line("        Built node = switch (op) {");
        for (Op op : OPS.values()) {
            if (op.operands().size() == operands) {
                out.line(
                        "            case %s -> NumericNodes.%s(a%s%s);",
                        op.opcode(),
                        Source.lower(op.name()),
                        operands == 2 ? ", b" : "",
                        op.traps() ? ", at" : "");
            }
        }
        out.line("            default -> throw new AssertionError(op);");
        out.line("        };");
        out.line("        return (Node) node;");
        out.line("    }");
    }
}
