package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;
import org.jspecify.annotations.Nullable;

/// A module in a script. Its text is parsed when asked for, because scripts hold modules that are
/// expected to be malformed.
public final class ScriptModule {
    private final @Nullable String id;
    private final Tokens tokens;
    private final int start;

    /// @param start the token after the identifier
    ScriptModule(@Nullable String id, Tokens tokens, int start) {
        this.id = id;
        this.tokens = tokens;
        this.start = start;
    }

    /// Its identifier in the script, or null.
    public @Nullable String id() {
        return id;
    }

    /// Whether the module is given as bytes rather than text.
    public boolean isBinary() {
        return tokens.kind(start) == Token.KEYWORD && tokens.is(start, "binary");
    }

    /// Parses the module. It is not validated, and if given as bytes not even read.
    ///
    /// @throws dev.windlass.wasm.WasmException with line and column, of the script or of the text
    ///     that is quoted in it
    public WatModule parse(Features features) {
        TokenReader in = new TokenReader(tokens);
        in.at = start;
        WatModule module = ModuleForm.afterIdentifier(in, id, features);
        if (!in.isRight() && !in.atEnd()) {
            throw in.unexpected();
        }
        return module;
    }
}
