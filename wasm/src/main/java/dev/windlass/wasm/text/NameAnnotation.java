package dev.windlass.wasm.text;

import org.jspecify.annotations.Nullable;

/// The annotation `(@name "...")`: a name for the name section, whatever the identifier is.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Name annotations</a>
final class NameAnnotation {
    private static final String NAME = "name";

    private NameAnnotation() {}

    /// The name, or null if there is no such annotation next.
    ///
    /// @param noun what has the name, for messages
    static @Nullable String take(TokenReader in, String noun) {
        if (!in.takeAnnotation(NAME)) {
            return null;
        }
        if (in.kind() != Token.STRING) {
            throw in.error("@name annotation: unexpected token");
        }
        String name = in.name();
        if (!in.isRight()) {
            throw in.error("@name annotation: unexpected token");
        }
        in.right();
        if (in.isAnnotation(NAME)) {
            throw in.error("@name annotation: multiple " + noun);
        }
        return name;
    }
}
