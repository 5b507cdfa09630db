package dev.windlass.wasm.text;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Immediates;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;

/// Parses an instruction's immediates and writes its code and them in the binary format.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/instructions.html">Text format:
///     instructions</a>
final class ImmediateParser {
    private final TokenReader in;
    private final ModuleSpaces spaces;
    private final TypeParser types;
    private final VectorParser vectors;
    private final IntList list = new IntList();

    /// The locals of the function whose body is parsed.
    IndexSpace locals = new IndexSpace("local");

    final LabelStack labels = new LabelStack();

    /// Whether an instruction named a data segment: then the module has a data count section.
    boolean usesData;

    ImmediateParser(TokenReader in, ModuleSpaces spaces, TypeParser types) {
        this.in = in;
        this.spaces = spaces;
        this.types = types;
        vectors = new VectorParser(in);
    }

    /// Writes an instruction whose keyword has just been read.
    void instruction(Opcode opcode, ByteWriter out) {
        if (Keywords.hasTwin(opcode)) {
            twinned(opcode, out);
        } else {
            out.opcode(opcode);
            immediates(opcode, out);
        }
    }

    /// One keyword, two codes: which one depends on what follows.
    private void twinned(Opcode opcode, ByteWriter out) {
        if (opcode.immediates() == Immediates.HEAP_TYPE) {
            int type = types.refType();
            out.opcode(ValType.isNullable(type) ? Keywords.twin(opcode) : opcode);
            out.heapType(ValType.heapType(type));
        } else if (in.isLeft("result")) {
            out.opcode(Keywords.twin(opcode));
            immediates(Keywords.twin(opcode), out);
        } else {
            out.opcode(opcode);
        }
    }

    /// One case a kind of immediates: long because it is a table.
    private void immediates(Opcode opcode, ByteWriter out) {
        switch (opcode.immediates()) {
            case NONE -> {}
            case BLOCK_TYPE -> types.blockType(out);
            case BLOCK_TYPE_CATCHES -> {
                types.blockType(out);
                catches(out);
            }
            case LABEL_IDX -> out.u32(label());
            case LABELS -> labelVector(out);
            case FUNC_IDX -> index(spaces.functions, out);
            case TYPE_TABLE -> {
                int table = optional(spaces.tables);
                out.u32(types.typeUse(null));
                out.u32(table);
            }
            case TYPE_IDX -> out.u32(types.typeIndex());
            case LOCAL_IDX -> index(locals, out);
            case GLOBAL_IDX -> index(spaces.globals, out);
            case TAG_IDX -> index(spaces.tags, out);
            case TABLE_IDX -> out.u32(optional(spaces.tables));
            case TABLE_TABLE -> pair(spaces.tables, out);
            case ELEM_TABLE -> segment(spaces.elements, spaces.tables, out);
            case ELEM_IDX -> index(spaces.elements, out);
            case DATA_IDX -> data(out);
            case DATA_MEMORY -> {
                usesData = true;
                segment(spaces.data, spaces.memories, out);
            }
            case MEMORY_IDX -> out.u32(optional(spaces.memories));
            case MEMORY_MEMORY -> pair(spaces.memories, out);
            case MEMARG -> memArg(opcode, false, out);
            case MEMARG_LANE -> {
                memArg(opcode, true, out);
                out.u8(vectors.lane());
            }
            case LANE -> out.u8(vectors.lane());
            case SHUFFLE -> vectors.shuffle(out);
            case I32 -> out.signed(in.i32());
            case I64 -> out.signed(in.integer(64));
            case F32 -> out.fixed32(in.f32());
            case F64 -> out.fixed64(in.f64());
            case V128 -> vectors.constant(out);
            case HEAP_TYPE -> out.heapType(types.heapType());
            case TYPES -> resultTypes(out);
            case TYPE_FIELD -> {
                int type = types.typeIndex();
                out.u32(type);
                index(spaces.types.fields(type), out);
            }
            case TYPE_COUNT -> {
                out.u32(types.typeIndex());
                out.u32(in.u32());
            }
            case TYPE_DATA -> {
                out.u32(types.typeIndex());
                data(out);
            }
            case TYPE_ELEM -> {
                out.u32(types.typeIndex());
                index(spaces.elements, out);
            }
            case TYPE_TYPE -> {
                out.u32(types.typeIndex());
                out.u32(types.typeIndex());
            }
            case CAST_BRANCH -> castBranch(out);
            case FENCE -> out.u8(0);
        }
    }

    private void index(IndexSpace space, ByteWriter out) {
        out.u32(space.index(in));
    }

    private void data(ByteWriter out) {
        usesData = true;
        index(spaces.data, out);
    }

    int tag() {
        return spaces.tags.index(in);
    }

    /// A label's depth, as a number or an identifier.
    int label() {
        int token = in.at;
        String id = in.identifier();
        if (id == null) {
            return in.u32();
        }
        int depth = labels.depth(id);
        if (depth < 0) {
            throw in.tokens.error(token, "unknown label $" + id);
        }
        return depth;
    }

    private int optional(IndexSpace space) {
        return in.isIndex() ? space.index(in) : 0;
    }

    /// Two indices, or none for twice the first.
    private void pair(IndexSpace space, ByteWriter out) {
        boolean there = in.isIndex();
        out.u32(there ? space.index(in) : 0);
        out.u32(there ? space.index(in) : 0);
    }

    /// A segment, and before it what it is copied to unless that is the first.
    private void segment(IndexSpace segments, IndexSpace targets, ByteWriter out) {
        int target = in.isIndex() && in.isIndexNext() ? targets.index(in) : 0;
        index(segments, out);
        out.u32(target);
    }

    private void labelVector(ByteWriter out) {
        list.clear();
        do {
            list.add(label());
        } while (in.isIndex());
        out.u32(list.size() - 1);
        for (int i = 0; i < list.size(); i++) {
            out.u32(list.get(i));
        }
    }

    /// @param lane whether a lane follows, so that one number alone is that
    private void memArg(Opcode opcode, boolean lane, ByteWriter out) {
        int memory =
                in.isIndex() && (!lane || isMemoryBeforeLane()) ? spaces.memories.index(in) : 0;
        long offset = 0;
        if (isSetting("offset=")) {
            offset = setting("offset=");
        }
        int width = opcode.typing().width();
        long align = width;
        if (isSetting("align=")) {
            int token = in.at;
            align = setting("align=");
            if (Long.bitCount(align) != 1) {
                throw in.tokens.error(token, "alignment must be a power of two");
            }
        }
        int exponent = Long.numberOfTrailingZeros(align);
        out.u32(memory == 0 ? exponent : exponent | 0x40);
        if (memory != 0) {
            out.u32(memory);
        }
        out.u64(offset);
    }

    private boolean isMemoryBeforeLane() {
        int start = in.at++;
        boolean more = in.isIndex() || isSetting("offset=") || isSetting("align=");
        in.at = start;
        return more;
    }

    private boolean isSetting(String name) {
        return in.kind() == Token.KEYWORD && in.tokens.startsWith(in.at, name);
    }

    private long setting(String name) {
        String digits = in.tokens.text(in.at).substring(name.length());
        byte[] bytes = Utf8.encode(digits);
        if (NumberSyntax.kind(bytes, 0, bytes.length) != Token.NATURAL) {
            throw in.error("unknown operator " + name + digits);
        }
        Long value = Numbers.integer(digits, 64);
        if (value == null) {
            throw in.error("i64 constant out of range");
        }
        in.at++;
        return value;
    }

    private void resultTypes(ByteWriter out) {
        list.clear();
        while (in.takeLeft("result")) {
            types.valTypes(list);
        }
        TypeWriter.valTypes(list.toArray(), out);
    }

    private void castBranch(ByteWriter out) {
        int label = label();
        int source = types.refType();
        int target = types.refType();
        int flags = ValType.isNullable(source) ? Cursor.SOURCE_NULLABLE : 0;
        out.u8(ValType.isNullable(target) ? flags | Cursor.TARGET_NULLABLE : flags);
        out.u32(label);
        out.heapType(ValType.heapType(source));
        out.heapType(ValType.heapType(target));
    }

    private void catches(ByteWriter out) {
        int start = in.at;
        int count = 0;
        while (in.keywordAfterLeft().startsWith("catch")) {
            in.skipList();
            count++;
        }
        in.at = start;
        out.u32(count);
        while (count-- > 0) {
            in.left();
            catchClause(out);
            in.right();
        }
    }

    private void catchClause(ByteWriter out) {
        int kind =
                switch (in.tokens.text(in.at)) {
                    case "catch" -> 0;
                    case "catch_ref" -> 1;
                    case "catch_all" -> 2;
                    case "catch_all_ref" -> 3;
                    default -> throw in.unexpected();
                };
        in.at++;
        out.u8(kind);
        if (Cursor.catchesTag(kind)) {
            out.u32(tag());
        }
        out.u32(label());
    }
}
