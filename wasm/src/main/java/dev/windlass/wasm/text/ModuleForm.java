package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;
import org.jspecify.annotations.Nullable;

/// The forms of a module in a text: fields in `(module ...)` or without it, bytes (`binary`), text
/// in strings (`quote`).
final class ModuleForm {
    private static final int[] NO_MARKS = {};

    private ModuleForm() {}

    /// A module, whichever form it has.
    static WatModule parse(TokenReader in, Features features) {
        if (!in.takeLeft("module")) {
            return new ModuleParser(in, null, features).parse();
        }
        WatModule module = afterIdentifier(in, in.identifier(), features);
        in.right();
        return module;
    }

    /// What follows `(module $id`, up to the closing parenthesis.
    static WatModule afterIdentifier(TokenReader in, @Nullable String id, Features features) {
        if (in.takeKeyword("binary")) {
            return new WatModule(in.strings(), new SourceMap(in.tokens.source, NO_MARKS));
        }
        if (in.takeKeyword("quote")) {
            return WatParser.parseModule(in.strings(), features);
        }
        return new ModuleParser(in, id, features).parse();
    }
}
