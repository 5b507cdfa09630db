package dev.windlass.wasm.text;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Immediates;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.nio.ByteBuffer;

/// Instructions with their immediates as text.
final class InstructionPrinter {
    private static final String[] CATCHES = {"catch", "catch_ref", "catch_all", "catch_all_ref"};

    private final PrintedSpaces spaces;
    private final TypePrinter types;
    private final TextOutput out;

    InstructionPrinter(PrintedSpaces spaces, TypePrinter types, TextOutput out) {
        this.spaces = spaces;
        this.types = types;
        this.out = out;
    }

    /// The instruction that the cursor is at.
    void print(Cursor in, PrintedSpace locals, PrintedLabels labels) {
        out.add(in.opcode.text());
        immediates(in, locals, labels);
    }

    /// One case a kind of immediates: long because it is a table.
    private void immediates(Cursor in, PrintedSpace locals, PrintedLabels labels) {
        switch (in.opcode.immediates()) {
            case NONE, FENCE -> {}
            case BLOCK_TYPE -> blockType(in, labels);
            case BLOCK_TYPE_CATCHES -> {
                blockType(in, labels);
                catches(in, labels);
            }
            case LABEL_IDX -> use(labels.use(in.index));
            case LABELS -> {
                for (int i = 0; i < in.labelCount; i++) {
                    use(labels.use(in.labels[i]));
                }
            }
            case FUNC_IDX -> use(spaces.functions.use(in.index));
            case TYPE_TABLE -> {
                unlessFirst(spaces.tables, in.index2);
                out.add(types.use(in.index));
            }
            case TYPE_IDX -> use(spaces.types.use(in.index));
            case LOCAL_IDX -> use(locals.use(in.index));
            case GLOBAL_IDX -> use(spaces.globals.use(in.index));
            case TAG_IDX -> use(spaces.tags.use(in.index));
            case TABLE_IDX -> unlessFirst(spaces.tables, in.index);
            case TABLE_TABLE -> pair(spaces.tables, in);
            case ELEM_TABLE -> {
                unlessFirst(spaces.tables, in.index2);
                use(spaces.elements.use(in.index));
            }
            case ELEM_IDX -> use(spaces.elements.use(in.index));
            case DATA_IDX -> use(spaces.data.use(in.index));
            case DATA_MEMORY -> {
                unlessFirst(spaces.memories, in.index2);
                use(spaces.data.use(in.index));
            }
            case MEMORY_IDX -> unlessFirst(spaces.memories, in.index);
            case MEMORY_MEMORY -> pair(spaces.memories, in);
            case MEMARG -> memArg(in);
            case MEMARG_LANE -> {
                memArg(in);
                out.add(" ").add(in.lane);
            }
            case LANE -> out.add(" ").add(in.lane);
            case SHUFFLE -> lanes(in);
            case I32, I64 -> out.add(" ").add(in.bitsLow);
            case F32 -> use(FloatText.f32((int) in.bitsLow));
            case F64 -> use(FloatText.f64(in.bitsLow));
            case V128 -> vector(in);
            case HEAP_TYPE -> heapType(in);
            case TYPES -> resultTypes(in);
            case TYPE_FIELD -> {
                use(spaces.types.use(in.index));
                use(spaces.fields(in.index).use(in.index2));
            }
            case TYPE_COUNT -> {
                use(spaces.types.use(in.index));
                use(Integer.toUnsignedString(in.index2));
            }
            case TYPE_DATA -> {
                use(spaces.types.use(in.index));
                use(spaces.data.use(in.index2));
            }
            case TYPE_ELEM -> {
                use(spaces.types.use(in.index));
                use(spaces.elements.use(in.index2));
            }
            case TYPE_TYPE -> {
                use(spaces.types.use(in.index));
                use(spaces.types.use(in.index2));
            }
            case CAST_BRANCH -> castBranch(in, labels);
        }
    }

    private void use(String text) {
        out.add(" ").add(text);
    }

    private void unlessFirst(PrintedSpace space, int index) {
        if (index != 0) {
            use(space.use(index));
        }
    }

    private void pair(PrintedSpace space, Cursor in) {
        if (in.index != 0 || in.index2 != 0) {
            use(space.use(in.index));
            use(space.use(in.index2));
        }
    }

    /// The label that the block gets, and its type.
    private void blockType(Cursor in, PrintedLabels labels) {
        out.add(labels.next());
        if (in.blockTypeIsIndex()) {
            out.add(types.use(in.blockType));
        } else if (in.blockType != Cursor.EMPTY_BLOCK) {
            out.add(" (result ").add(types.valType(in.blockType)).add(")");
        }
    }

    private void catches(Cursor in, PrintedLabels labels) {
        for (int i = 0; i < 3 * in.catchCount; i += 3) {
            int kind = in.catches[i];
            out.add(" (").add(CATCHES[kind]);
            if (Cursor.catchesTag(kind)) {
                use(spaces.tags.use(in.catches[i + 1]));
            }
            use(labels.use(in.catches[i + 2]));
            out.add(")");
        }
    }

    private void memArg(Cursor in) {
        unlessFirst(spaces.memories, in.index);
        if (in.offset != 0) {
            out.add(" offset=").add(Long.toUnsignedString(in.offset));
        }
        if (1L << in.align != in.opcode.typing().width()) {
            out.add(" align=").add(1L << in.align);
        }
    }

    private void lanes(Cursor in) {
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(Long.reverseBytes(in.bitsLow)).putLong(Long.reverseBytes(in.bitsHigh));
        for (byte lane : bytes.array()) {
            out.add(" ").add(lane & 0xFF);
        }
    }

    private void vector(Cursor in) {
        out.add(" i32x4");
        for (int i = 0; i < 4; i++) {
            long half = i < 2 ? in.bitsLow : in.bitsHigh;
            out.add(String.format(" 0x%08x", (int) (half >>> (i % 2 * 32))));
        }
    }

    /// Instructions that share a keyword take a reference type, whose null tells them apart.
    private void heapType(Cursor in) {
        if (!Keywords.hasTwin(in.opcode)) {
            use(types.heapType(in.heapType));
            return;
        }
        boolean nullable = Keywords.twin(in.opcode) == in.opcode;
        use(types.valType(ValType.ref(nullable, in.heapType)));
    }

    private void resultTypes(Cursor in) {
        out.add(" (result");
        for (int i = 0; i < in.typeCount; i++) {
            use(types.valType(in.types[i]));
        }
        out.add(")");
    }

    private void castBranch(Cursor in, PrintedLabels labels) {
        use(labels.use(in.index));
        use(types.valType(in.castSource()));
        use(types.valType(in.castTarget()));
    }

    /// Whether the instruction opens a block.
    static boolean opens(Opcode opcode) {
        return opcode.immediates() == Immediates.BLOCK_TYPE
                || opcode.immediates() == Immediates.BLOCK_TYPE_CATCHES;
    }
}
