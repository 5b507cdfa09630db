package dev.windlass.interpreter.generator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Loads and stores.
final class Memory {
    /// @param expression Java, with `$` for the address
    record Load(String opcode, Type type, int width, String expression) {
        String name() {
            return Source.camel(opcode);
        }

        String get(String address) {
            return expression.replace("$", address);
        }
    }

    /// @param statement Java, with `$` for the address and `v` for the value
    record Store(String opcode, Type type, int width, String statement) {
        String name() {
            return Source.camel(opcode);
        }
    }

    private static final List<Load> LOADS =
            List.of(
                    new Load("I32_LOAD", Type.I, 4, "Raw.getInt($)"),
                    new Load("I64_LOAD", Type.L, 8, "Raw.getLong($)"),
                    new Load("F32_LOAD", Type.F, 4, "Raw.getFloat($)"),
                    new Load("F64_LOAD", Type.D, 8, "Raw.getDouble($)"),
                    new Load("I32_LOAD8_S", Type.I, 1, "(int) Raw.getByte($)"),
                    new Load("I32_LOAD8_U", Type.I, 1, "(Raw.getByte($) & 0xFF)"),
                    new Load("I32_LOAD16_S", Type.I, 2, "(int) Raw.getShort($)"),
                    new Load("I32_LOAD16_U", Type.I, 2, "(Raw.getShort($) & 0xFFFF)"),
                    new Load("I64_LOAD8_S", Type.L, 1, "(long) Raw.getByte($)"),
                    new Load("I64_LOAD8_U", Type.L, 1, "(Raw.getByte($) & 0xFFL)"),
                    new Load("I64_LOAD16_S", Type.L, 2, "(long) Raw.getShort($)"),
                    new Load("I64_LOAD16_U", Type.L, 2, "(Raw.getShort($) & 0xFFFFL)"),
                    new Load("I64_LOAD32_S", Type.L, 4, "(long) Raw.getInt($)"),
                    new Load("I64_LOAD32_U", Type.L, 4, "(Raw.getInt($) & 0xFFFFFFFFL)"));

    private static final List<Store> STORES =
            List.of(
                    new Store("I32_STORE", Type.I, 4, "Raw.putInt($, v)"),
                    new Store("I64_STORE", Type.L, 8, "Raw.putLong($, v)"),
                    new Store("F32_STORE", Type.F, 4, "Raw.putFloat($, v)"),
                    new Store("F64_STORE", Type.D, 8, "Raw.putDouble($, v)"),
                    new Store("I32_STORE8", Type.I, 1, "Raw.putByte($, (byte) v)"),
                    new Store("I32_STORE16", Type.I, 2, "Raw.putShort($, (short) v)"),
                    new Store("I64_STORE8", Type.L, 1, "Raw.putByte($, (byte) v)"),
                    new Store("I64_STORE16", Type.L, 2, "Raw.putShort($, (short) v)"),
                    new Store("I64_STORE32", Type.L, 4, "Raw.putInt($, (int) v)"));

    /// Kinds of address: local, sum of local and constant, sum of two locals, constant, child.
    private static final Map<String, Operand> ADDRESSES = new LinkedHashMap<>();

    static {
        ADDRESSES.put("L", Operand.local(Type.I, "a"));
        ADDRESSES.put("LC", Fold.operand("I32AddLC", "a"));
        ADDRESSES.put("LL", Fold.operand("I32AddLL", "a"));
        ADDRESSES.put("C", Operand.constant(Type.I, "a"));
        ADDRESSES.put("N", Operand.child(Type.I, "a"));
    }

    private Memory() {}

    /// The load whose class for addresses in a local, or a local plus a constant, has that name, or
    /// null.
    static @Nullable Load loadOf(String label) {
        for (Load load : LOADS) {
            if (label.equals(load.name() + "L") || label.equals(load.name() + "LC")) {
                return load;
            }
        }
        return null;
    }

    /// The checked address of an access.
    ///
    /// @param index the i32
    static String address(String index, String offset, int width, String at) {
        return "m.address(("
                + index
                + " & 0xFFFFFFFFL) + "
                + offset
                + ", "
                + width
                + ", "
                + at
                + ")";
    }

    /// In any memory, 32 or 64 bits: the child gives the address as an i64.
    private static String wideAddress(int width) {
        return "m.address(memory, a.l(f, m), off, " + width + ", at)";
    }

    static void generate(Map<String, String> files) {
        Source out = new Source("MemoryNodes", "Loads and stores by kind of operands.");
        LOADS.forEach(load -> writeLoad(out, load));
        STORES.forEach(store -> writeStore(out, store));
        out.finish(files);

        Source factory = new Source("MemoryAccess", "Makes the nodes of loads and stores.");
        factory(factory, "load", "", "int at", LOADS.stream().map(Load::opcode).toList(), "at");
        factory(
                factory,
                "store",
                ", Node v",
                "int at",
                STORES.stream().map(Store::opcode).toList(),
                "at");
        factory(
                factory,
                "load",
                "",
                "int memory, int at",
                LOADS.stream().map(Load::opcode).toList(),
                "memory, at");
        factory(
                factory,
                "store",
                ", Node v",
                "int memory, int at",
                STORES.stream().map(Store::opcode).toList(),
                "memory, at");
        factory.finish(files);
    }

    private static void factory(
            Source out, String name, String value, String more, List<String> opcodes, String pass) {
        boolean wide = more.contains("memory");
        out.line("");
        out.line(
                wide
                        ? "    /// In any memory. @param a the address as an i64 @param memory offset of its pointer in the context"
                        : "    /// In memory 0, of 32 bits.");
        out.line(
                "    public static Node %s(Opcode op, Node a, long off%s, %s) {",
                name, value, more);
        out.line("        Built node = switch (op) {");
        for (String opcode : opcodes) {
            out.line(
                    "            case %s -> MemoryNodes.%s(a, off%s, %s);",
                    opcode, Source.lower(Source.camel(opcode)), value.isEmpty() ? "" : ", v", pass);
        }
        out.line("            default -> throw new AssertionError(op);");
        out.line("        };");
        out.line("        return (Node) node;");
        out.line("    }");
    }

    // Loads.

    private static void writeLoad(Source out, Load load) {
        String name = load.name();
        out.line("");
        out.line("    static Built %s(Node a, long off, int at) {", Source.lower(name));
        out.line("        switch (a.kind()) {");
        ADDRESSES.forEach((label, address) -> {
            if (!label.equals("N")) {
                out.line(
                        "            case %d: return new %s%s(%s, off, at);",
                        address.kind(), name, label, address.arguments("a"));
            }
        });
        out.line("        }");
        out.line("        return new %sN(a, off, at);", name);
        out.line("    }");
        out.line(
                "    static Built %s(Node a, long off, int memory, int at) { return new %sW(a, off, memory, at); }",
                Source.lower(name), name);
        ADDRESSES.forEach((label, address) -> writeLoad(out, load, label, address));
        out.line("    static final class %sW extends Node {", name);
        out.line("        final Node a; final long off; final int memory; final int at;");
        out.line(
                "        %sW(Node a, long off, int memory, int at) { this.a = a; this.off = off; this.memory = memory; this.at = at; }",
                name);
        methods(out, load, load.get(wideAddress(load.width())));
        out.line("    }");
    }

    private static void writeLoad(Source out, Load load, String label, Operand address) {
        String name = load.name() + label;
        out.line("    static final class %s extends Node {", name);
        out.line("        %sfinal long off; final int at;", address.declarations());
        out.line(
                "        %s(%s, long off, int at) { %sthis.off = off; this.at = at; }",
                name, address.parameters(), address.assignments());
        methods(out, load, load.get(address(address.expression(), "off", load.width(), "at")));
        Integer kind = Folding.kindOfClass(name);
        if (kind != null) {
            out.line("        @Override public int kind() { return %d; }", kind);
        }
        pairing(out, name);
        out.line("    }");
    }

    private static void pairing(Source out, String name) {
        if (Pairs.number(name) > 0) {
            out.line("        @Override public int pairing() { return %d; }", Pairs.number(name));
        }
    }

    private static void methods(Source out, Load load, String value) {
        Type t = load.type();
        out.line(
                "        @Override public %s %s(long f, Machine m) { return %s; }",
                t.java, t.method, value);
        out.line("        @Override public void x(long f, Machine m) { %s }", t.put(value));
    }

    // Stores. The value is computed before the address is checked.

    private static void writeStore(Source out, Store store) {
        String name = store.name();
        List<String> values = List.of("L", "C", "N");
        out.line("");
        out.line("    static Built %s(Node a, long off, Node v, int at) {", Source.lower(name));
        for (String label : List.of("L", "LC", "LL", "C", "N")) {
            Operand address = Objects.requireNonNull(ADDRESSES.get(label));
            boolean last = label.equals("N");
            out.line(
                    last ? "        {" : "        if (a.kind() == %d) {".formatted(address.kind()));
            out.line("            switch (v.kind()) {");
            for (String v : values) {
                Operand value = Operand.of(v.charAt(0), store.type(), "v");
                out.line(
                        "                %s: return new %s%s%s(%s, off, %s, at);",
                        v.equals("N") ? "default" : "case " + value.kind(),
                        name,
                        label,
                        v,
                        address.arguments("a"),
                        value.arguments("v"));
            }
            out.line("            }");
            out.line("        }");
        }
        out.line("    }");
        out.line(
                "    static Built %s(Node a, long off, Node v, int memory, int at) { return new %sW(a, off, v, memory, at); }",
                Source.lower(name), name);
        ADDRESSES.forEach((label, address) -> {
            for (String v : values) {
                writeStore(
                        out, store, label + v, address, Operand.of(v.charAt(0), store.type(), "v"));
            }
        });
        out.line("    static final class %sW extends Node {", name);
        out.line(
                "        final Node a; final long off; final Node v; final int memory; final int at;");
        out.line(
                "        %sW(Node a, long off, Node v, int memory, int at) { this.a = a; this.off = off; this.v = v; this.memory = memory; this.at = at; }",
                name);
        out.line("        @Override public void x(long f, Machine m) {");
        out.line("            long index = a.l(f, m);");
        out.line("            %s v = this.v.%s(f, m);", store.type().java, store.type().method);
        out.line(
                "            %s;",
                store.statement()
                        .replace("$", "m.address(memory, index, off, " + store.width() + ", at)"));
        out.line("        }");
        out.line("    }");
    }

    private static void writeStore(
            Source out, Store store, String label, Operand address, Operand value) {
        String name = store.name() + label;
        out.line("    static final class %s extends Node {", name);
        out.line(
                "        %s%sfinal long off; final int at;",
                address.declarations(), value.declarations());
        out.line(
                "        %s(%s, long off, %s, int at) { %s%sthis.off = off; this.at = at; }",
                name,
                address.parameters(),
                value.parameters(),
                address.assignments(),
                value.assignments());
        out.line("        @Override public void x(long f, Machine m) {");
        out.line("            long ea = (%s & 0xFFFFFFFFL) + off;", address.expression());
        out.line(
                "            %s v = %s;",
                store.type().java,
                value.expression().startsWith("v.")
                        ? "this." + value.expression()
                        : value.label().equals("C")
                                ? "this.v"
                                : value.expression().replace("f + v", "f + this.v"));
        out.line(
                "            %s;",
                store.statement().replace("$", "m.address(ea, " + store.width() + ", at)"));
        out.line("        }");
        pairing(out, name);
        out.line("    }");
    }
}
