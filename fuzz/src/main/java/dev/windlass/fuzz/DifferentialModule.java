package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// Makes a valid module of arbitrary bytes whose behaviour the specification fixes to the bit: NaNs are made canonical
/// where they may differ, and a budget in a global, which every loop and function spends from, ends all recursion before
/// a stack does. It has two imported functions, one or two memories of any kind, three tables, segments, tags, and globals:
/// one of each type, a checksum and the marks ([DifferentialCode]). Most functions cannot trap, so that a trap does not
/// hide what the others do.
final class DifferentialModule {
    static final String NUMBERS = "ilfdv";
    static final String LETTERS = NUMBERS + "re";

    /// Globals behind one of each type.
    static final int BUDGET = LETTERS.length();

    static final int CHECKSUM = BUDGET + 1;
    private static final int FIRST_MARK = CHECKSUM + 1;
    private static final int MARK_GLOBALS = 6;

    /// Calls through it are of known types: it never changes.
    static final int FIXED_TABLE = 0;

    static final int EXTERN_TABLE = 1;

    /// Changes, and may have 64-bit indices.
    static final int FUNCTION_TABLE = 2;

    /// Entries of the latter two tables.
    static final int TABLE_LENGTH = 10;

    /// Of the two data and the two element segments.
    static final int DATA_LENGTH = 64;

    static final int ELEMENTS = 5;

    /// Names of the imported functions, in the module `host`.
    static final List<String> IMPORTS = List.of("a", "b");

    private static final int MOST_FUNCTIONS = 9;
    private static final int MOST_SMALL = 60;
    private static final int MOST_LARGE = 450;

    /// @param isRisky whether it may trap or throw
    /// @param quota of instructions
    private record Shape(
            String params, String results, String locals, boolean isRisky, int quota) {}

    /// @param isShared whether it is a shared memory
    /// @param is64 whether its addresses have 64 bits
    record Memory(boolean isShared, boolean is64) {}

    private record Type(String params, String results) {}

    /// Instructions that are known to be executed when a mark's bit is set.
    record Mark(int function, List<Opcode> instructions) {}

    private final Entropy entropy;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Type> types = new ArrayList<>();
    private final List<Memory> memories = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private final boolean hasMarks;
    private final boolean hasWideTable;
    private final boolean hasTailCalls;
    private final boolean hasExceptions;
    private int instructions;
    private final byte[] bytes;

    DifferentialModule(byte[] input) {
        entropy = new Entropy(input);
        int features = entropy.nextByte();
        hasMarks = (features & 1) == 0;
        hasWideTable = (features & 6) == 0;
        hasTailCalls = (features & 8) == 0;
        hasExceptions = (features & 16) == 0;
        memories.add(memory());
        if (entropy.below(4) == 0) {
            memories.add(memory());
        }
        addShapes(input.length);
        bytes = encoded();
    }

    private Memory memory() {
        int kind = entropy.below(8);
        return new Memory(kind == 1, kind == 2 || kind == 3);
    }

    private void addShapes(int size) {
        shapes.add(new Shape("il", "l", "", false, 0));
        shapes.add(new Shape("fdvi", "vi", "", false, 0));
        // Few kinds of results, so that functions can end in calls of each other.
        List<String> results = List.of(types(NUMBERS, 3), types(LETTERS, 2), "i", "l");
        int count = 2 + entropy.below(MOST_FUNCTIONS);
        for (int i = 0; i < count; i++) {
            boolean isLarge = entropy.below(4) == 0 && size > 2000;
            shapes.add(
                    new Shape(
                            types(i % 3 == 0 ? LETTERS : NUMBERS, i % 4 == 1 ? 12 : 5),
                            results.get(entropy.below(results.size())),
                            types(LETTERS, 4) + LETTERS,
                            entropy.below(5) == 0,
                            20 + entropy.below(isLarge ? MOST_LARGE : MOST_SMALL)));
        }
    }

    private String types(String letters, int most) {
        StringBuilder types = new StringBuilder();
        int count = entropy.below(most + 1);
        for (int i = 0; i < count; i++) {
            types.append(letters.charAt(entropy.below(letters.length())));
        }
        return types.toString();
    }

    // What bodies ask for.

    boolean hasTailCalls() {
        return hasTailCalls;
    }

    boolean hasExceptions() {
        return hasExceptions;
    }

    boolean isWide(int table) {
        return table == FUNCTION_TABLE && hasWideTable;
    }

    List<Memory> memories() {
        return memories;
    }

    /// One that is shared, or -1.
    int sharedMemory() {
        for (int i = 0; i < memories.size(); i++) {
            if (memories.get(i).isShared) {
                return i;
            }
        }
        return -1;
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

    boolean isRisky(int function) {
        return shapes.get(function).isRisky;
    }

    int quota(int function) {
        return shapes.get(function).quota;
    }

    /// Parameters and locals that code may use; there is one of each type.
    String locals(int function) {
        return params(function) + shapes.get(function).locals;
    }

    /// The number of a temporary local, which lies behind the others.
    int localOf(int function, char type) {
        return locals(function).length() + DifferentialBody.TEMPORARIES.indexOf(type);
    }

    /// The number of a function type.
    int type(String params, String results) {
        Type type = new Type(params, results);
        if (!types.contains(type)) {
            types.add(type);
        }
        return types.indexOf(type);
    }

    int typeOf(int function) {
        return type(params(function), results(function));
    }

    /// Of the tags: what they carry.
    static final List<String> TAGS = List.of("", "i", "ldv");

    // Marks.

    /// @return the mark's number, or -1 if there are no more
    int newMark(int function, List<Opcode> instructions) {
        if (!hasMarks || instructions.isEmpty() || marks.size() >= MARK_GLOBALS * 64) {
            return -1;
        }
        marks.add(new Mark(function, List.copyOf(instructions)));
        return marks.size() - 1;
    }

    int markGlobal(int mark) {
        return FIRST_MARK + mark / 64;
    }

    List<Mark> marks() {
        return marks;
    }

    /// The global with the bits of 64 marks, by the first one's number.
    static int firstMarkGlobal() {
        return FIRST_MARK;
    }

    /// Instructions of all bodies.
    int instructions() {
        return instructions;
    }

    // Sections.

    /// The module in the binary format.
    byte[] module() {
        return bytes.clone();
    }

    private byte[] encoded() {
        for (String tag : TAGS) {
            type(tag, "");
        }
        ByteWriter functions = functionSection();
        ByteWriter imports = importSection();
        ByteWriter code = codeSection();
        return ByteWriter.module()
                .section(1, typeSection())
                .section(2, imports)
                .section(3, functions)
                .section(4, tableSection())
                .section(5, memorySection())
                .section(13, tagSection())
                .section(6, globalSection())
                .section(7, exportSection())
                .section(9, elementSection())
                .section(12, new ByteWriter().u32(2))
                .section(10, code)
                .section(11, dataSection())
                .toByteArray();
    }

    private ByteWriter typeSection() {
        ByteWriter out = new ByteWriter().u32(types.size());
        for (Type type : types) {
            valTypes(out.u8(0x60), type.params);
            valTypes(out, type.results);
        }
        return out;
    }

    private static void valTypes(ByteWriter out, String letters) {
        out.u32(letters.length());
        letters.chars().forEach(l -> out.valType(DifferentialCode.valType((char) l)));
    }

    private ByteWriter importSection() {
        ByteWriter out = new ByteWriter().u32(IMPORTS.size());
        for (int i = 0; i < IMPORTS.size(); i++) {
            out.name("host").name(IMPORTS.get(i)).u8(0).u32(typeOf(i));
        }
        return out;
    }

    private ByteWriter functionSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size() - IMPORTS.size());
        for (int i = IMPORTS.size(); i < shapes.size(); i++) {
            out.u32(typeOf(i));
        }
        return out;
    }

    private ByteWriter tableSection() {
        ByteWriter out = new ByteWriter().u32(3);
        out.valType(ValType.FUNCREF).u8(1).u32(shapes.size() + 1).u32(shapes.size() + 1);
        out.valType(ValType.EXTERNREF).u8(1).u32(TABLE_LENGTH).u32(3 * TABLE_LENGTH);
        return out.valType(ValType.FUNCREF).u8(hasWideTable ? 4 : 0).u32(TABLE_LENGTH);
    }

    private ByteWriter memorySection() {
        ByteWriter out = new ByteWriter().u32(memories.size());
        for (Memory memory : memories) {
            out.u8(1 | (memory.isShared ? 2 : 0) | (memory.is64 ? 4 : 0)).u32(1).u32(4);
        }
        return out;
    }

    private ByteWriter tagSection() {
        ByteWriter out = new ByteWriter().u32(TAGS.size());
        TAGS.forEach(tag -> out.u8(0).u32(type(tag, "")));
        return out;
    }

    private static ByteWriter globalSection() {
        ByteWriter out = new ByteWriter().u32(FIRST_MARK + MARK_GLOBALS);
        for (int i = 0; i < FIRST_MARK + MARK_GLOBALS; i++) {
            char type = i < BUDGET ? LETTERS.charAt(i) : i == BUDGET ? 'i' : 'l';
            out.valType(DifferentialCode.valType(type)).u8(1);
            zero(out, type).opcode(Opcode.END);
        }
        return out;
    }

    private static ByteWriter zero(ByteWriter out, char type) {
        return switch (type) {
            case 'i' -> out.opcode(Opcode.I32_CONST).u8(0);
            case 'l' -> out.opcode(Opcode.I64_CONST).u8(0);
            case 'f' -> out.opcode(Opcode.F32_CONST).fixed32(0);
            case 'd' -> out.opcode(Opcode.F64_CONST).fixed64(0);
            case 'v' -> out.opcode(Opcode.V128_CONST).fixed64(0).fixed64(0);
            case 'r' -> out.opcode(Opcode.REF_NULL).heapType(ValType.HEAP_FUNC);
            default -> out.opcode(Opcode.REF_NULL).heapType(ValType.HEAP_EXTERN);
        };
    }

    private ByteWriter exportSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            out.name("f" + i).u8(0).u32(i);
        }
        return out;
    }

    /// The fixed table's functions, and two segments for `table.init`.
    private ByteWriter elementSection() {
        ByteWriter out = new ByteWriter().u32(3).u32(0);
        out.opcode(Opcode.I32_CONST).u8(0).opcode(Opcode.END).u32(shapes.size());
        for (int i = 0; i < shapes.size(); i++) {
            out.u32(i);
        }
        for (int segment = 0; segment < 2; segment++) {
            out.u32(1).u8(0).u32(ELEMENTS);
            for (int i = 0; i < ELEMENTS; i++) {
                out.u32((segment * 3 + i) % shapes.size());
            }
        }
        return out;
    }

    private static ByteWriter dataSection() {
        ByteWriter out = new ByteWriter().u32(2);
        for (int segment = 0; segment < 2; segment++) {
            out.u32(1).u32(DATA_LENGTH);
            for (int i = 0; i < DATA_LENGTH; i++) {
                out.u8(segment * 131 + i * 7 & 0xFF);
            }
        }
        return out;
    }

    private ByteWriter codeSection() {
        ByteWriter out = new ByteWriter().u32(shapes.size() - IMPORTS.size());
        for (int i = IMPORTS.size(); i < shapes.size(); i++) {
            String locals = shapes.get(i).locals + DifferentialBody.TEMPORARIES;
            ByteWriter code = new ByteWriter().u32(locals.length());
            locals.chars().forEach(l -> code.u32(1).valType(DifferentialCode.valType((char) l)));
            DifferentialBody body = new DifferentialBody(entropy, this, i);
            out.sized(code.append(body.body()));
            instructions += body.instructions();
        }
        return out;
    }
}
