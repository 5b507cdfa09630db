package dev.windlass.wasm.text;

import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.CustomSection;
import dev.windlass.wasm.DataSegment;
import dev.windlass.wasm.ElementSegment;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.SegmentMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints modules in the text format. Parsed again, the text gives an equal module: the names
/// become identifiers, other custom sections annotations.
///
/// What the binary format can write in several ways comes back in the shortest one, and a data count
/// section only where instructions need it.
public final class WatPrinter {
    private static final int DATA_LINE = 64;

    private final Module module;
    private final TextOutput out;
    private final PrintedSpaces spaces;
    private final TypePrinter types;
    private final ModuleNames names = new ModuleNames();
    private final FunctionPrinter functions;
    private final Map<Integer, Map<Integer, Integer>> hints;

    private WatPrinter(Module module, Appendable target) {
        this.module = module;
        out = new TextOutput(target);
        spaces = new PrintedSpaces(module);
        types = new TypePrinter(spaces.types);
        functions = new FunctionPrinter(module, spaces, types, names, out);
        hints = BranchHintReader.read(module);
    }

    /// The text of a valid module.
    public static String print(Module module) {
        StringBuilder text = new StringBuilder();
        print(module, text);
        return text.toString();
    }

    /// Appends the text of a valid module piece by piece.
    ///
    /// @throws java.io.UncheckedIOException if the target throws
    public static void print(Module module, Appendable target) {
        new WatPrinter(module, target).print();
    }

    /// The text of one function of a valid module, line by line.
    public static List<PrintedLine> function(Module module, int function) {
        StringBuilder text = new StringBuilder();
        WatPrinter printer = new WatPrinter(module, text);
        printer.functions.print(function, printer.hints.getOrDefault(function, Map.of()));
        printer.out.flush();
        List<String> lines = text.toString().lines().filter(line -> !line.isEmpty()).toList();
        IntList offsets = printer.functions.offsets;
        int header = lines.size() - offsets.size() - 1;
        List<PrintedLine> all = new ArrayList<>();
        for (int i = 0; i < lines.size() - 1; i++) {
            int offset = i < header ? PrintedLine.NO_INSTRUCTION : offsets.get(i - header);
            all.add(new PrintedLine(offset, lines.get(i)));
        }
        all.add(new PrintedLine(PrintedLine.NO_INSTRUCTION, lines.getLast()));
        return all;
    }

    private void print() {
        out.add("(module").add(moduleName());
        types();
        imports();
        functions();
        tables();
        memories();
        tags();
        globals();
        for (Export export : module.exports()) {
            out.line(1).add("(export").name(export.name()).add(" (").add(export.kind().text());
            out.add(" ").add(spaces.of(export.kind()).use(export.index())).add("))");
        }
        if (module.start() >= 0) {
            out.line(1).add("(start ").add(spaces.functions.use(module.start())).add(")");
        }
        elements();
        data();
        customSections();
        out.add(")\n").flush();
    }

    private String moduleName() {
        String name = module.names().module();
        names.module = name;
        if (name == null) {
            return "";
        }
        return name.isEmpty() ? PrintedSpace.annotation(name) : " " + TextOutput.identifier(name);
    }

    private void types() {
        names.types = spaces.types.names;
        int[] groups = module.recursionGroups();
        for (int i = 0; i < module.types().size(); i++) {
            boolean first = groups[i] == i;
            boolean last = i + 1 == groups.length || groups[i + 1] != groups[i];
            boolean alone = first && last;
            if (first && !last) {
                out.line(1).add("(rec");
            }
            PrintedSpace fields = spaces.fields(i);
            names.fields.put(i, fields.names);
            out.line(alone ? 1 : 2).add("(type").add(spaces.types.definition(i));
            out.add(" (;").add(i).add(";) ").add(types.subType(module.types().get(i), fields));
            out.add(last && !first ? "))" : ")");
        }
    }

    private void imports() {
        for (Import i : module.imports()) {
            out.line(1).add("(import").name(i.module()).name(i.name()).add(" (");
            begin(i.kind(), i.index());
            out.add(importType(i)).add("))");
        }
    }

    /// The keyword, identifier and number of something that is defined or imported.
    private void begin(ExternKind kind, int index) {
        out.add(kind.text()).add(spaces.of(kind).definition(index));
        out.add(" (;").add(index).add(";)");
    }

    private String importType(Import i) {
        return switch (i.kind()) {
            case FUNC -> {
                int params = module.functionType(i.index()).params().length;
                PrintedSpace locals = spaces.locals(i.index(), params);
                names.locals.put(i.index(), locals.names);
                yield types.use(module.functionTypeIndex(i.index()))
                        + types.signature(module.functionType(i.index()), locals);
            }
            case TABLE -> " " + types.tableType(module.tables().get(i.index()));
            case MEMORY -> " " + types.memoryType(module.memories().get(i.index()));
            case GLOBAL -> " " + types.globalType(module.globals().get(i.index()));
            case TAG -> types.use(module.tagTypeIndex(i.index()));
        };
    }

    private void functions() {
        names.functions = spaces.functions.names;
        for (int i = module.importedCount(ExternKind.FUNC); i < module.functionCount(); i++) {
            functions.print(i, hints.getOrDefault(i, Map.of()));
        }
    }

    private void tables() {
        names.tables = spaces.tables.names;
        for (int i = module.importedCount(ExternKind.TABLE); i < module.tables().size(); i++) {
            out.line(1).add("(");
            begin(ExternKind.TABLE, i);
            out.add(" ").add(types.tableType(module.tables().get(i)));
            ConstExpr init = module.tableInit(i);
            if (init != null) {
                out.add(" ");
                functions.constant(init.start(), init.end());
            }
            out.add(")");
        }
    }

    private void memories() {
        names.memories = spaces.memories.names;
        for (int i = module.importedCount(ExternKind.MEMORY); i < module.memories().size(); i++) {
            out.line(1).add("(");
            begin(ExternKind.MEMORY, i);
            out.add(" ").add(types.memoryType(module.memories().get(i))).add(")");
        }
    }

    private void tags() {
        names.tags = spaces.tags.names;
        for (int i = module.importedCount(ExternKind.TAG); i < module.tagCount(); i++) {
            out.line(1).add("(");
            begin(ExternKind.TAG, i);
            out.add(types.use(module.tagTypeIndex(i))).add(")");
        }
    }

    private void globals() {
        names.globals = spaces.globals.names;
        for (int i = module.importedCount(ExternKind.GLOBAL); i < module.globals().size(); i++) {
            out.line(1).add("(");
            begin(ExternKind.GLOBAL, i);
            out.add(" ").add(types.globalType(module.globals().get(i))).add(" ");
            functions.constant(module.globalInit(i).start(), module.globalInit(i).end());
            out.add(")");
        }
    }

    // Segments.

    private void elements() {
        names.elements = spaces.elements.names;
        for (int i = 0; i < module.elements().size(); i++) {
            ElementSegment segment = module.elements().get(i);
            out.line(1).add("(elem").add(spaces.elements.definition(i));
            out.add(" (;").add(i).add(";)");
            out.add(segment.mode() == SegmentMode.DECLARATIVE ? " declare" : "");
            place("table", spaces.tables, segment.table(), segment.offset());
            int[] indices = segment.functions();
            if (indices != null) {
                out.add(" func");
                Arrays.stream(indices).mapToObj(spaces.functions::use).forEach(this::word);
            } else {
                out.add(" ").add(types.valType(segment.type()));
                segment.expressions().forEach(this::item);
            }
            out.add(")");
        }
    }

    private void word(String text) {
        out.add(" ").add(text);
    }

    private void item(ConstExpr expression) {
        out.add(" (item ");
        functions.constant(expression.start(), expression.end());
        out.add(")");
    }

    /// Where an active segment goes.
    private void place(String keyword, PrintedSpace space, int index, @Nullable ConstExpr offset) {
        if (offset == null) {
            return;
        }
        if (index != 0) {
            out.add(" (").add(keyword).add(" ").add(space.use(index)).add(")");
        }
        out.add(" (offset ");
        functions.constant(offset.start(), offset.end());
        out.add(")");
    }

    private void data() {
        names.data = spaces.data.names;
        for (int i = 0; i < module.dataSegments().size(); i++) {
            DataSegment segment = module.dataSegments().get(i);
            out.line(1).add("(data").add(spaces.data.definition(i)).add(" (;").add(i).add(";)");
            place("memory", spaces.memories, segment.memory(), segment.offset());
            bytes(segment.start(), segment.start() + segment.length());
            out.add(")");
        }
    }

    /// Strings, on one line if they are short.
    private void bytes(int start, int end) {
        if (end - start <= DATA_LINE) {
            out.add(" ").bytes(module.bytes(), start, end);
            return;
        }
        for (int i = start; i < end; i += DATA_LINE) {
            out.line(2).bytes(module.bytes(), i, Math.min(end, i + DATA_LINE));
        }
    }

    // Custom sections.

    private void customSections() {
        for (CustomSection section : module.customSections()) {
            boolean printed =
                    switch (section.name()) {
                        case ModuleNames.SECTION -> isContent(section, names.content());
                        case BranchHints.ANNOTATION -> !hints.isEmpty();
                        default -> false;
                    };
            if (!printed || !isOnly(section)) {
                custom(section);
            }
        }
    }

    private boolean isOnly(CustomSection section) {
        return module.customSections().stream()
                .allMatch(other -> other.equals(section) || !other.name().equals(section.name()));
    }

    private boolean isContent(CustomSection section, byte[] content) {
        return Arrays.equals(
                module.bytes(), section.start(), section.end(), content, 0, content.length);
    }

    /// The last section that has something in it.
    private Section lastSection() {
        if (!module.dataSegments().isEmpty()) {
            return Section.DATA;
        }
        if (module.functionCount() > module.importedCount(ExternKind.FUNC)) {
            return Section.CODE;
        }
        if (!module.elements().isEmpty()) {
            return Section.ELEMENT;
        }
        if (module.start() >= 0 || !module.exports().isEmpty()) {
            return Section.START;
        }
        return module.types().isEmpty() ? Section.TYPE : Section.GLOBAL;
    }

    /// A place is named only where it matters: by default a custom section comes last.
    private void custom(CustomSection section) {
        out.line(1).add("(@custom").name(section.name());
        Section anchor = Section.ofId(section.afterSection());
        if (section.afterSection() == 0) {
            out.add(" (before first)");
        } else if (anchor != null && anchor.compareTo(lastSection()) < 0) {
            out.add(" (after ").add(anchor.keyword).add(")");
        }
        bytes(section.start(), section.end());
        out.add(")");
    }
}
