package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// Makes a valid module of arbitrary bytes: one memory, a mutable global of each number type, a few functions that call
/// each other, all exported.
public final class ModuleGenerator {
    private static final String LETTERS = "ilfdv";
    private static final int MOST_FUNCTIONS = 4;

    private record Shape(String params, String results, String locals) {}

    private final Entropy entropy;
    private final List<Shape> shapes = new ArrayList<>();

    public ModuleGenerator(byte[] input) {
        entropy = new Entropy(input);
        int count = 1 + entropy.below(MOST_FUNCTIONS);
        for (int i = 0; i < count; i++) {
            shapes.add(new Shape(types(3), types(2), types(3) + LETTERS));
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

    static int valType(char letter) {
        return switch (letter) {
            case 'i' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            case 'd' -> ValType.F64;
            default -> ValType.V128;
        };
    }

    int functionCount() {
        return shapes.size();
    }

    String params(int function) {
        return shapes.get(function).params;
    }

    String results(int function) {
        return shapes.get(function).results;
    }

    /// The module in the binary format.
    public byte[] module() {
        return ByteWriter.module()
                .section(1, typeSection())
                .section(3, functionSection())
                .section(5, new ByteWriter().u32(1).u8(1).u32(1).u32(3))
                .section(6, globalSection())
                .section(7, exportSection())
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
        letters.chars().forEach(letter -> out.valType(valType((char) letter)));
    }

    private ByteWriter functionSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            out.u32(i);
        }
        return out;
    }

    private static ByteWriter globalSection() {
        ByteWriter out = new ByteWriter().u32(LETTERS.length());
        out.valType(ValType.I32).u8(1).opcode(Opcode.I32_CONST).u8(0).opcode(Opcode.END);
        out.valType(ValType.I64).u8(1).opcode(Opcode.I64_CONST).u8(0).opcode(Opcode.END);
        out.valType(ValType.F32).u8(1).opcode(Opcode.F32_CONST).fixed32(0).opcode(Opcode.END);
        out.valType(ValType.F64).u8(1).opcode(Opcode.F64_CONST).fixed64(0).opcode(Opcode.END);
        out.valType(ValType.V128).u8(1).opcode(Opcode.V128_CONST).fixed64(0).fixed64(0);
        return out.opcode(Opcode.END);
    }

    private ByteWriter exportSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            out.name("f" + i).u8(0).u32(i);
        }
        return out;
    }

    private ByteWriter codeSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size());
        for (Shape shape : shapes) {
            ByteWriter code = new ByteWriter().u32(shape.locals.length());
            shape.locals.chars().forEach(letter -> code.u32(1).valType(valType((char) letter)));
            BodyGenerator body = new BodyGenerator(entropy, this, shape.params + shape.locals);
            out.sized(code.append(body.body(shape.results)));
        }
        return out;
    }
}
