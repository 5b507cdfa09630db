package dev.windlass.wasm.text;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;

/// Parses the fields of a module that are not types, and writes them to its sections.
final class FieldParser {
    private final TokenReader in;
    private final ModuleSpaces spaces;
    private final TypeParser types;
    private final ModuleNames names;
    private final Sections sections;
    private final ImmediateParser immediates;
    private final BodyNotes notes = new BodyNotes();
    private final InstructionParser instructions;
    private final SegmentParser segments;

    /// Offset in the text of the field that is parsed.
    private int start;

    FieldParser(
            TokenReader in,
            ModuleSpaces spaces,
            TypeParser types,
            ModuleNames names,
            Sections sections) {
        this.in = in;
        this.spaces = spaces;
        this.types = types;
        this.names = names;
        this.sections = sections;
        immediates = new ImmediateParser(in, spaces, types);
        instructions = new InstructionParser(in, immediates, notes);
        segments = new SegmentParser(in, spaces, types, sections, instructions);
    }

    /// Whether an instruction named a data segment.
    boolean usesData() {
        return immediates.usesData;
    }

    /// Parses the field that is next.
    void field() {
        start = in.tokens.start(in.at);
        notes.begin(false);
        immediates.locals = new IndexSpace("local");
        immediates.labels.clear();
        in.left();
        switch (in.keyword()) {
            case "import" -> importField();
            case "func" -> function();
            case "table" -> table();
            case "memory" -> memory();
            case "global" -> global();
            case "tag" -> tag();
            case "export" -> export();
            case "start" ->
                    sections.item(Section.START, start).bytes.u32(spaces.functions.index(in));
            case "elem" -> segments.element();
            case "data" -> segments.data();
            default -> throw in.unexpected(in.at - 1);
        }
        in.right();
    }

    private ByteWriter item(Section section) {
        return sections.item(section, start).bytes;
    }

    // Imports and exports.

    private void importField() {
        ByteWriter out = item(Section.IMPORT).name(in.name()).name(in.name());
        in.left();
        String keyword = in.keyword();
        identifier();
        switch (keyword) {
            case "func" -> importType(ExternKind.FUNC, out);
            case "table" -> importType(ExternKind.TABLE, out);
            case "memory" -> importType(ExternKind.MEMORY, out);
            case "global" -> importType(ExternKind.GLOBAL, out);
            case "tag" -> importType(ExternKind.TAG, out);
            default -> throw in.unexpected(in.at - 1);
        }
        in.right();
    }

    /// The identifier and name, which the first pass has taken note of.
    private void identifier() {
        in.identifier();
        NameAnnotation.take(in, "field");
    }

    /// The type of something imported; adds its index.
    private void importType(ExternKind kind, ByteWriter out) {
        out.u8(kind.code());
        int index = spaces.of(kind).reach();
        switch (kind) {
            case FUNC -> {
                IndexSpace params = new IndexSpace("local");
                out.u32(types.typeUse(params));
                names.locals.put(index, params.names());
            }
            case TABLE -> TypeWriter.tableType(types.tableType(), out);
            case MEMORY -> TypeWriter.memoryType(types.memoryType(), out);
            case GLOBAL -> TypeWriter.globalType(types.globalType(), out);
            case TAG -> out.u8(0).u32(types.typeUse(new IndexSpace("local")));
        }
    }

    /// What may follow the keyword of a definition: an identifier, exports, an import.
    ///
    /// @return whether it was an import, whose type is then read as well
    private boolean inlineImport(ExternKind kind) {
        identifier();
        while (in.takeLeft("export")) {
            ByteWriter out = item(Section.EXPORT).name(in.name());
            out.u8(kind.code()).u32(spaces.of(kind).reached());
            in.right();
        }
        if (!in.takeLeft("import")) {
            return false;
        }
        ByteWriter out = item(Section.IMPORT).name(in.name()).name(in.name());
        in.right();
        importType(kind, out);
        return true;
    }

    private void export() {
        ByteWriter out = item(Section.EXPORT).name(in.name());
        in.left();
        int keyword = in.at;
        ExternKind kind =
                switch (in.keyword()) {
                    case "func" -> ExternKind.FUNC;
                    case "table" -> ExternKind.TABLE;
                    case "memory" -> ExternKind.MEMORY;
                    case "global" -> ExternKind.GLOBAL;
                    case "tag" -> ExternKind.TAG;
                    default -> throw in.unexpected(keyword);
                };
        out.u8(kind.code()).u32(spaces.of(kind).index(in));
        in.right();
    }

    // Definitions.

    private void function() {
        if (inlineImport(ExternKind.FUNC)) {
            return;
        }
        int index = spaces.of(ExternKind.FUNC).reach();
        IndexSpace locals = new IndexSpace("local");
        item(Section.FUNCTION).u32(types.typeUse(locals));
        CodeBuffer body = new CodeBuffer();
        body.mark(start);
        locals(locals, body.bytes);
        immediates.locals = locals;
        immediates.labels.push(null);
        notes.begin(true);
        instructions.instructions(body);
        notes.finish(in);
        body.mark(in.tokens.start(in.at));
        body.bytes.opcode(Opcode.END);
        sections.item(Section.CODE, start).sized(body);
        names.locals.put(index, locals.names());
        names.labels.put(index, new ArrayList<>(notes.labels));
        sections.hints.add(index, notes.hints);
    }

    /// Declarations of locals: runs of the same type are counted.
    private void locals(IndexSpace locals, ByteWriter out) {
        IntList declared = new IntList();
        while (in.takeLeft("local")) {
            types.declarations(locals, declared);
        }
        IntList runs = new IntList();
        for (int i = 0; i < declared.size(); i++) {
            if (i == 0 || declared.get(i) != declared.get(i - 1)) {
                runs.add(i);
            }
        }
        out.u32(runs.size());
        for (int i = 0; i < runs.size(); i++) {
            int next = i + 1 < runs.size() ? runs.get(i + 1) : declared.size();
            out.u32(next - runs.get(i)).valType(declared.get(runs.get(i)));
        }
    }

    private void table() {
        if (inlineImport(ExternKind.TABLE)) {
            return;
        }
        int index = spaces.of(ExternKind.TABLE).reach();
        int from = in.at;
        boolean is64 = types.addressType64();
        CodeBuffer out = sections.item(Section.TABLE, start);
        if (types.isRefType()) {
            segments.inlineElements(index, types.refType(), is64, out.bytes);
            return;
        }
        in.at = from;
        TableType type = types.tableType();
        if (in.isRight()) {
            TypeWriter.tableType(type, out.bytes);
        } else {
            out.bytes.u8(0x40).u8(0);
            TypeWriter.tableType(type, out.bytes);
            constant(out);
        }
    }

    private void memory() {
        if (inlineImport(ExternKind.MEMORY)) {
            return;
        }
        int index = spaces.of(ExternKind.MEMORY).reach();
        int from = in.at;
        boolean is64 = types.addressType64();
        int pageSize = types.pageSize();
        ByteWriter out = item(Section.MEMORY);
        if (in.isLeft("data")) {
            segments.inlineData(index, is64, pageSize, out);
        } else {
            in.at = from;
            TypeWriter.memoryType(types.memoryType(), out);
        }
    }

    private void global() {
        if (inlineImport(ExternKind.GLOBAL)) {
            return;
        }
        spaces.of(ExternKind.GLOBAL).reach();
        GlobalType type = types.globalType();
        CodeBuffer out = sections.item(Section.GLOBAL, start);
        TypeWriter.globalType(type, out.bytes);
        constant(out);
    }

    private void constant(CodeBuffer out) {
        instructions.instructions(out);
        out.bytes.opcode(Opcode.END);
    }

    private void tag() {
        if (!inlineImport(ExternKind.TAG)) {
            spaces.of(ExternKind.TAG).reach();
            item(Section.TAG).u8(0).u32(types.typeUse(new IndexSpace("local")));
        }
    }
}
