package dev.windlass.wasm.text;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.SubType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses the fields of a module, in three passes over their tokens: identifiers are given their
/// indices; types are read; all else is written in binary form, section by section.
///
/// @see <a href="https://webassembly.github.io/spec/core/text/modules.html">Text format: modules</a>
final class ModuleParser {
    private final TokenReader in;
    private final ModuleSpaces spaces = new ModuleSpaces();
    private final ModuleNames names = new ModuleNames();
    private final Sections sections = new Sections();
    private final TypeParser types;

    /// Whether something that is not imported has been defined, and what it was.
    private String defined = "";

    private boolean started;

    /// @param id the module's identifier
    ModuleParser(TokenReader in, @Nullable String id, Features features) {
        this.in = in;
        types = new TypeParser(in, spaces.types, features);
        String name = NameAnnotation.take(in, "module");
        names.module = name != null ? name : id;
    }

    /// Parses up to a closing parenthesis or the end.
    WatModule parse() {
        int start = in.at;
        while (!atEnd()) {
            declare();
        }
        in.at = start;
        while (!atEnd()) {
            defineType();
        }
        in.at = start;
        FieldParser fields = new FieldParser(in, spaces, types, names, sections);
        while (!atEnd()) {
            field(fields);
        }
        CodeBuffer out = sections.assemble(spaces, names, fields.usesData());
        return new WatModule(out.bytes.toByteArray(), new SourceMap(in.tokens.source, out.marks()));
    }

    private boolean atEnd() {
        return in.isRight() || in.atEnd();
    }

    // The first pass.

    private void declare() {
        CustomAnnotation custom = CustomAnnotation.take(in);
        if (custom != null) {
            sections.add(custom);
            return;
        }
        int start = in.at;
        String keyword = in.keywordAfterLeft();
        if (keyword.isEmpty()) {
            throw types.unexpectedAfterLeft();
        }
        in.at += 2;
        switch (keyword) {
            case "type" -> spaces.types.space.define(in);
            case "rec" -> declareGroup();
            case "import" -> declareImport();
            case "func", "table", "memory", "global", "tag" -> declareExtern(keyword, start);
            case "elem" -> spaces.elements.define(in);
            case "data" -> spaces.data.define(in);
            case "start" -> declareStart(start);
            case "export" -> {}
            default -> throw in.unexpected(start + 1);
        }
        in.at = start;
        in.skipList();
    }

    private void declareGroup() {
        while (in.kind() == Token.LEFT) {
            int start = in.at;
            in.left("type");
            spaces.types.space.define(in);
            in.at = start;
            in.skipList();
        }
    }

    private void declareImport() {
        int token = in.at - 2;
        in.name();
        in.name();
        String keyword = in.keywordAfterLeft();
        ExternKind kind = kind(keyword);
        if (kind == null) {
            throw types.unexpectedAfterLeft();
        }
        in.at += 2;
        imported(token);
        spaces.of(kind).define(in);
    }

    private static @Nullable ExternKind kind(String keyword) {
        for (ExternKind kind : ExternKind.values()) {
            if (kind.text().equals(keyword)) {
                return kind;
            }
        }
        return null;
    }

    private void imported(int token) {
        if (!defined.isEmpty()) {
            throw in.tokens.error(token, "import after " + defined);
        }
    }

    private void declareExtern(String keyword, int start) {
        ExternKind kind = kind(keyword);
        spaces.of(kind == null ? ExternKind.FUNC : kind).define(in);
        while (in.isLeft("export")) {
            in.skipList();
        }
        if (in.isLeft("import")) {
            imported(start);
            return;
        }
        defined = keyword.equals("func") ? "function" : keyword;
        if (keyword.equals("table") && hasList("elem")) {
            spaces.elements.add();
        } else if (keyword.equals("memory") && hasList("data")) {
            spaces.data.add();
        }
    }

    /// Whether the list that is open has a list of that keyword among what is left of it.
    private boolean hasList(String keyword) {
        while (!in.isRight()) {
            if (in.isLeft(keyword)) {
                return true;
            }
            if (in.kind() == Token.LEFT || in.kind() == Token.ANNOTATION) {
                in.skipList();
            } else if (in.atEnd()) {
                throw in.unexpected();
            } else {
                in.at++;
            }
        }
        return false;
    }

    private void declareStart(int start) {
        if (started) {
            throw in.tokens.error(start, "multiple start sections");
        }
        started = true;
    }

    // The second pass.

    private void defineType() {
        int start = in.tokens.start(in.at);
        if (in.takeLeft("type")) {
            spaces.types.addAlone(typeAfterKeyword(spaces.types.types.size()), start);
        } else if (in.takeLeft("rec")) {
            List<SubType> group = new ArrayList<>();
            while (!in.isRight()) {
                in.left("type");
                group.add(typeAfterKeyword(spaces.types.types.size() + group.size()));
            }
            in.right();
            spaces.types.addGroup(group, start);
        } else {
            in.skipList();
        }
    }

    private SubType typeAfterKeyword(int index) {
        in.identifier();
        NameAnnotation.take(in, "type");
        SubType type = types.subType(index);
        in.right();
        return type;
    }

    // The third pass.

    private void field(FieldParser fields) {
        if (in.kind() == Token.ANNOTATION || in.isLeft("type") || in.isLeft("rec")) {
            in.skipList();
        } else {
            fields.field();
        }
    }
}
