package dev.windlass.wasm.text;

import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.binary.ByteWriter;

/// Parses element and data segments, alone or inside the table or memory that they fill.
final class SegmentParser {
    // The bits of an element segment's kind.
    private static final int PASSIVE = 1;
    private static final int EXPLICIT = 2;
    private static final int EXPRESSIONS = 4;

    private final TokenReader in;
    private final ModuleSpaces spaces;
    private final TypeParser types;
    private final Sections sections;
    private final InstructionParser instructions;

    SegmentParser(
            TokenReader in,
            ModuleSpaces spaces,
            TypeParser types,
            Sections sections,
            InstructionParser instructions) {
        this.in = in;
        this.spaces = spaces;
        this.types = types;
        this.sections = sections;
        this.instructions = instructions;
    }

    private CodeBuffer item(Section section) {
        return sections.item(section, in.tokens.start(in.at));
    }

    // Elements.

    /// After `(elem`.
    void element() {
        CodeBuffer out = item(Section.ELEMENT);
        in.identifier();
        NameAnnotation.take(in, "elem");
        if (in.takeKeyword("declare")) {
            elementList(PASSIVE | EXPLICIT, 0, new CodeBuffer(), out);
        } else if (!in.isOldUse() && (in.kind() != Token.LEFT || types.isRefType())) {
            elementList(PASSIVE, 0, new CodeBuffer(), out);
        } else {
            int table = use("table", spaces.tables);
            CodeBuffer offset = new CodeBuffer();
            offset(offset);
            elementList(0, table, offset, out);
        }
    }

    /// `(table x)` or `(memory x)`, its older form `x`, or nothing for the first.
    private int use(String keyword, IndexSpace space) {
        if (in.isOldUse()) {
            return in.u32();
        }
        if (!in.takeLeft(keyword)) {
            return 0;
        }
        int index = space.index(in);
        in.right();
        return index;
    }

    /// `(offset ...)`, or one folded instruction.
    private void offset(CodeBuffer out) {
        if (in.takeLeft("offset")) {
            instructions.instructions(out);
            in.right();
        } else {
            instructions.folded(out);
        }
        out.bytes.opcode(Opcode.END);
    }

    /// The kind of the segment, where it goes, and its elements.
    ///
    /// @param mode the bits that tell active, passive and declarative apart
    private void elementList(int mode, int table, CodeBuffer offset, CodeBuffer out) {
        boolean active = mode == 0;
        if (types.isRefType()) {
            int type = types.refType();
            boolean plain = active && table == 0 && type == ValType.FUNCREF;
            header(mode | EXPRESSIONS | (active && !plain ? EXPLICIT : 0), table, offset, out);
            if (!plain) {
                out.bytes.valType(type);
            }
            expressions(out);
            return;
        }
        boolean plain = active && table == 0;
        if (!in.takeKeyword("func") && !(plain && (in.isIndex() || in.isRight()))) {
            throw in.unexpected();
        }
        header(mode | (active && !plain ? EXPLICIT : 0), table, offset, out);
        if (!plain) {
            out.bytes.u8(0);
        }
        functions(out.bytes);
    }

    private static void header(int kind, int table, CodeBuffer offset, CodeBuffer out) {
        out.bytes.u32(kind);
        if ((kind & (PASSIVE | EXPLICIT)) == EXPLICIT) {
            out.bytes.u32(table);
        }
        out.append(offset);
    }

    private void functions(ByteWriter out) {
        IntList functions = new IntList();
        while (in.isIndex()) {
            functions.add(spaces.functions.index(in));
        }
        out.u32(functions.size());
        for (int i = 0; i < functions.size(); i++) {
            out.u32(functions.get(i));
        }
    }

    /// Elements, each as `(item ...)` or one folded instruction.
    ///
    /// @return their number
    private int expressions(CodeBuffer out) {
        CodeBuffer items = new CodeBuffer();
        int count = 0;
        for (; !in.isRight(); count++) {
            if (in.takeLeft("item")) {
                instructions.instructions(items);
                in.right();
            } else {
                instructions.folded(items);
            }
            items.bytes.opcode(Opcode.END);
        }
        out.bytes.u32(count);
        out.append(items);
        return count;
    }

    /// At `(elem ...)` inside a table: a table of just that size, and a segment.
    void inlineElements(int table, int type, boolean is64, ByteWriter out) {
        CodeBuffer segment = item(Section.ELEMENT);
        in.left("elem");
        CodeBuffer items = new CodeBuffer();
        boolean indices = in.isIndex() || in.isRight();
        int count = indices ? indices(type, items) : expressions(items);
        in.right();
        boolean short0 = table == 0 && type == ValType.FUNCREF;
        int kind = (short0 ? 0 : EXPLICIT) | (indices && type == ValType.FUNCREF ? 0 : EXPRESSIONS);
        CodeBuffer offset = new CodeBuffer();
        zero(is64, offset.bytes);
        header(kind, table, offset, segment);
        if (!short0) {
            if ((kind & EXPRESSIONS) != 0) {
                segment.bytes.valType(type);
            } else {
                segment.bytes.u8(0);
            }
        }
        segment.append(items);
        TypeWriter.tableType(new TableType(type, Limits.of(count, count), is64), out);
    }

    /// Functions in a table of another type than funcref are written as expressions.
    private int indices(int type, CodeBuffer out) {
        int from = in.at;
        int count = 0;
        for (; in.isIndex(); count++) {
            in.at++;
        }
        in.at = from;
        out.bytes.u32(count);
        for (int i = 0; i < count; i++) {
            int function = spaces.functions.index(in);
            if (type == ValType.FUNCREF) {
                out.bytes.u32(function);
            } else {
                out.bytes.opcode(Opcode.REF_FUNC).u32(function).opcode(Opcode.END);
            }
        }
        return count;
    }

    private static void zero(boolean is64, ByteWriter out) {
        out.opcode(is64 ? Opcode.I64_CONST : Opcode.I32_CONST).signed(0).opcode(Opcode.END);
    }

    // Data.

    /// After `(data`.
    void data() {
        CodeBuffer out = item(Section.DATA);
        in.identifier();
        NameAnnotation.take(in, "data");
        if (in.kind() == Token.LEFT || in.isOldUse()) {
            int memory = use("memory", spaces.memories);
            dataHeader(memory, out.bytes);
            offset(out);
        } else {
            out.bytes.u32(PASSIVE);
        }
        byte[] content = in.strings();
        out.bytes.u32(content.length).bytes(content);
    }

    private static void dataHeader(int memory, ByteWriter out) {
        if (memory == 0) {
            out.u32(0);
        } else {
            out.u32(EXPLICIT).u32(memory);
        }
    }

    /// At `(data ...)` inside a memory: a memory of just that size, and a segment.
    void inlineData(int memory, boolean is64, int pageSizeLog2, ByteWriter out) {
        CodeBuffer segment = item(Section.DATA);
        in.left("data");
        byte[] content = in.strings();
        in.right();
        dataHeader(memory, segment.bytes);
        zero(is64, segment.bytes);
        segment.bytes.u32(content.length).bytes(content);
        long pages = (content.length + (1L << pageSizeLog2) - 1) >>> pageSizeLog2;
        Limits limits = Limits.of(pages, pages);
        TypeWriter.memoryType(new MemoryType(limits, is64, false, pageSizeLog2), out);
    }
}
