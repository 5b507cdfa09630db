package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// Makes a valid module of arbitrary bytes whose behaviour the specification fixes to the bit: NaNs are made canonical
/// where they may differ, and a budget in a global, which every loop and function spends from, ends all recursion before
/// a stack does. It has two imported functions, a memory, a table of all functions and a global of each number type.
final class DifferentialModule {
    static final String LETTERS = "ilfdv";

    /// The budget's global, behind one of each type.
    static final int BUDGET = LETTERS.length();

    private static final int MOST_FUNCTIONS = 6;

    /// Names of the imported functions, in the module `host`.
    static final List<String> IMPORTS = List.of("a", "b");

    private record Shape(String params, String results, String locals) {}

    private final Entropy entropy;
    private final List<Shape> shapes = new ArrayList<>();

    DifferentialModule(byte[] input) {
        entropy = new Entropy(input);
        shapes.add(new Shape("il", "l", ""));
        shapes.add(new Shape("fdvi", "vi", ""));
        int count = 1 + entropy.below(MOST_FUNCTIONS);
        for (int i = 0; i < count; i++) {
            shapes.add(new Shape(types(8), types(3), types(4) + LETTERS));
        }
    }

    private String types(int most) {
        StringBuilder types = new StringBuilder();
        int count = entropy.below(most + 1);
        for (int i = 0; i < count; i++) {
            types.append(LETTERS.charAt(entropy.below(LETTERS.length())));
        }
        return types.toString();
    }

    /// All functions, imported ones first.
    int functionCount() {
        return shapes.size();
    }

    String params(int function) {
        return shapes.get(function).params;
    }

    String results(int function) {
        return shapes.get(function).results;
    }

    private int defined() {
        return shapes.size() - IMPORTS.size();
    }

    /// The module in the binary format.
    byte[] module() {
        return ByteWriter.module()
                .section(1, typeSection())
                .section(2, importSection())
                .section(3, functionSection())
                .section(4, new ByteWriter().u32(1).u8(0x70).u8(0).u32(shapes.size() + 1))
                .section(5, new ByteWriter().u32(1).u8(1).u32(1).u32(3))
                .section(6, globalSection())
                .section(7, exportSection())
                .section(9, elementSection())
                .section(10, codeSection())
                .toByteArray();
    }

    private ByteWriter typeSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size());
        for (Shape shape : shapes) {
            valTypes(out.u8(0x60), shape.params);
            valTypes(out, shape.results);
        }
        return out;
    }

    private static void valTypes(ByteWriter out, String letters) {
        out.u32(letters.length());
        letters.chars().forEach(l -> out.valType(ModuleGenerator.valType((char) l)));
    }

    private static ByteWriter importSection() {
        ByteWriter out = new ByteWriter().u32(IMPORTS.size());
        for (int i = 0; i < IMPORTS.size(); i++) {
            out.name("host").name(IMPORTS.get(i)).u8(0).u32(i);
        }
        return out;
    }

    private ByteWriter functionSection() {
        ByteWriter out = new ByteWriter().u32(defined());
        for (int i = IMPORTS.size(); i < shapes.size(); i++) {
            out.u32(i);
        }
        return out;
    }

    private static ByteWriter globalSection() {
        ByteWriter out = new ByteWriter().u32(LETTERS.length() + 1);
        out.valType(ValType.I32).u8(1).opcode(Opcode.I32_CONST).u8(0).opcode(Opcode.END);
        out.valType(ValType.I64).u8(1).opcode(Opcode.I64_CONST).u8(0).opcode(Opcode.END);
        out.valType(ValType.F32).u8(1).opcode(Opcode.F32_CONST).fixed32(0).opcode(Opcode.END);
        out.valType(ValType.F64).u8(1).opcode(Opcode.F64_CONST).fixed64(0).opcode(Opcode.END);
        out.valType(ValType.V128).u8(1).opcode(Opcode.V128_CONST).fixed64(0).fixed64(0);
        out.opcode(Opcode.END);
        out.valType(ValType.I32).u8(1).opcode(Opcode.I32_CONST).u8(0).opcode(Opcode.END);
        return out;
    }

    private ByteWriter exportSection() {
        ByteWriter out = new ByteWriter().u32(defined());
        for (int i = IMPORTS.size(); i < shapes.size(); i++) {
            out.name("f" + i).u8(0).u32(i);
        }
        return out;
    }

    private ByteWriter elementSection() {
        ByteWriter out = new ByteWriter().u32(1).u32(0);
        out.opcode(Opcode.I32_CONST).u8(0).opcode(Opcode.END).u32(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            out.u32(i);
        }
        return out;
    }

    private ByteWriter codeSection() {
        ByteWriter out = new ByteWriter().u32(defined());
        for (Shape shape : shapes.subList(IMPORTS.size(), shapes.size())) {
            String locals = shape.locals + DifferentialBody.TEMPORARIES;
            ByteWriter code = new ByteWriter().u32(locals.length());
            locals.chars().forEach(l -> code.u32(1).valType(ModuleGenerator.valType((char) l)));
            DifferentialBody body =
                    new DifferentialBody(entropy, this, shape.params + shape.locals);
            out.sized(code.append(body.body(shape.results)));
        }
        return out;
    }
}
