package dev.windlass.interpreter.generator;

import java.util.ArrayList;
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
        String put(String address, String value) {
            return statement.replace("$", address).replaceAll("\\bv\\)", value + ")");
        }

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

    /// The load that has a class of that name for one of its kinds of address, or null.
    static @Nullable Load loadOf(String label) {
        for (Load load : LOADS) {
            if (label.startsWith(load.name())
                    && addresses(load).contains(label.substring(load.name().length()))) {
                return load;
            }
        }
        return null;
    }

    /// Kinds of address of a load, as parts of class names: the usual ones, and those in tables.
    private static List<String> addresses(Load load) {
        List<String> addresses = new ArrayList<>(ADDRESSES.keySet());
        Folding.addressesOf(load.name()).forEach(label -> addresses.add("_" + label + "_"));
        return addresses;
    }

    /// An address by its part of a class's name.
    static Operand addressOperand(String part) {
        Operand usual = ADDRESSES.get(part);
        return usual != null ? usual : Fold.operand(part.substring(1, part.length() - 1), "a");
    }

    /// The checked address of an access.
    ///
    /// @param index the i32
    static String address(String index, String offset, int width, String at) {
        return "m.address(("
                + index
                + " & 0xFFFFFFFFL) + ("
                + offset
                + " & 0xFFFFFFFFL), "
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
        addresses(load)
                .forEach(label -> {
                    Operand address = addressOperand(label);
                    if (!label.equals("N")) {
                        out.line(
                                "            case %d: return new %s%s(%s, (int) off, at);",
                                address.kind(), name, label, address.arguments("a"));
                    }
                });
        out.line("        }");
        out.line("        return new %sN(a, (int) off, at);", name);
        out.line("    }");
        out.line(
                "    static Built %s(Node a, long off, int memory, int at) { return new %sW(a, off, memory, at); }",
                Source.lower(name), name);
        addresses(load).forEach(label -> writeLoad(out, load, label, addressOperand(label)));
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
        out.line("        %sfinal int off; final int at;", address.declarations());
        out.line(
                "        %s(%s, int off, int at) { %sthis.off = off; this.at = at; }",
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
        out.line("");
        out.line("    static Built %s(Node a, long off, Node v, int at) {", Source.lower(name));
        for (String label : List.of("L", "LC", "LL", "C", "N")) {
            Operand address = Objects.requireNonNull(ADDRESSES.get(label));
            boolean last = label.equals("N");
            out.line(
                    last ? "        {" : "        if (a.kind() == %d) {".formatted(address.kind()));
            out.line("            switch (v.kind()) {");
            for (Operand value : values(store, label)) {
                out.line(
                        "                %s: return new %s(%s, (int) off, %s, at);",
                        value.kind() == 0 ? "default" : "case " + value.kind(),
                        className(store, label, value),
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
            for (Operand value : values(store, label)) {
                writeStore(out, store, className(store, label, value), address, value);
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
        out.line("            %s value = v.%s(f, m);", store.type().java, store.type().method);
        out.line(
                "            %s;",
                store.put("m.address(memory, index, off, " + store.width() + ", at)", "value"));
        out.line("        }");
        out.line("    }");
    }

    /// Kinds of value by kind of address.
    private static List<Operand> values(Store store, String address) {
        List<Operand> values = new ArrayList<>();
        if (address.equals("L") || address.equals("LC")) {
            for (String label : Folding.valuesOf(store.name())) {
                values.add(Fold.operand(label, "v"));
            }
        }
        for (char kind : "LCN".toCharArray()) {
            values.add(Operand.of(kind, store.type(), "v"));
        }
        return values;
    }

    private static String className(Store store, String address, Operand value) {
        return Specialised.className(store.name() + address, List.of(value));
    }

    private static void writeStore(
            Source out, Store store, String name, Operand address, Operand value) {
        out.line("    static final class %s extends Node {", name);
        out.line(
                "        %s%sfinal int off; final int at;",
                address.declarations(), value.declarations());
        out.line(
                "        %s(%s, int off, %s, int at) { %s%sthis.off = off; this.at = at; }",
                name,
                address.parameters(),
                value.parameters(),
                address.assignments(),
                value.assignments());
        out.line("        @Override public void x(long f, Machine m) {");
        out.line("            %s", statement(store, address, value));
        out.line("        }");
        pairing(out, name);
        out.line("    }");
    }

    private static String statement(Store store, Operand address, Operand value) {
        return "long ea = (%s & 0xFFFFFFFFL) + (off & 0xFFFFFFFFL); %s value = %s; %s;"
                .formatted(
                        address.expression(),
                        store.type().java,
                        value.expression(),
                        store.put("m.address(ea, " + store.width() + ", at)", "value"));
    }

    /// A store as a statement.
    ///
    /// @param name of its class
    record Statement(String name, List<Operand.Field> fields, String text) {}

    /// Stores of sums at an address in a local.
    static List<Statement> sumStores() {
        Store store =
                STORES.stream().filter(s -> s.opcode().equals("F64_STORE")).findAny().orElseThrow();
        Operand address = addressOperand("L");
        List<Statement> statements = new ArrayList<>();
        for (String label : Folding.valuesOf(store.name())) {
            Operand value = Fold.operand(label, "v");
            List<Operand.Field> fields = new ArrayList<>(address.fields());
            fields.addAll(value.fields());
            fields.add(new Operand.Field("int", "off", ""));
            fields.add(new Operand.Field("int", "at", ""));
            String name = className(store, "L", value);
            statements.add(new Statement(name, fields, statement(store, address, value)));
        }
        return statements;
    }
}
