package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;
import org.jspecify.annotations.Nullable;

/// The forms of a module in a text: fields in `(module ...)` or without it, bytes (`binary`), text
/// in strings (`quote`).
final class ModuleForm {
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
        int start = in.tokens.start(in.at);
        if (in.takeKeyword("binary")) {
            return new WatModule(in.strings(), SourceMap.ofBytes(in.tokens.source, start));
        }
        if (in.takeKeyword("quote")) {
            return WatParser.parseModule(in.strings(), features);
        }
        return new ModuleParser(in, id, features).parse();
    }
}
