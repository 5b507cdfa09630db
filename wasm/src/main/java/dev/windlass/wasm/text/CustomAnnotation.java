package dev.windlass.wasm.text;

import org.jspecify.annotations.Nullable;

/// The annotation `(@custom "name" (after func) "content")`: a custom section and its place.
///
/// @param anchor the section before or after which it stands
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Custom annotations</a>
record CustomAnnotation(String name, boolean before, Section anchor, byte[] content) {
    private static final String CUSTOM = "custom";
    private static final String ERROR = "@custom annotation: ";

    /// The annotation that is next, or null if none is.
    static @Nullable CustomAnnotation take(TokenReader in) {
        if (!in.takeAnnotation(CUSTOM)) {
            return null;
        }
        if (in.kind() != Token.STRING) {
            throw in.error(ERROR + "missing section name");
        }
        String name = name(in);
        boolean before = false;
        Section anchor = Section.LAST;
        if (in.kind() == Token.LEFT) {
            in.at++;
            before = isBefore(in);
            anchor = anchor(in, before);
            if (!in.isRight()) {
                throw in.error(ERROR + "malformed placement");
            }
            in.at++;
        }
        byte[] content = in.strings();
        if (!in.isRight()) {
            throw in.error(ERROR + "unexpected token");
        }
        in.at++;
        return new CustomAnnotation(name, before, anchor, content);
    }

    private static String name(TokenReader in) {
        int token = in.at++;
        return StringLiteral.text(
                in.tokens.source,
                in.tokens.start(token),
                in.tokens.end(token),
                ERROR + "malformed UTF-8 encoding");
    }

    private static boolean isBefore(TokenReader in) {
        boolean before = in.takeKeyword("before");
        if (!before && !in.takeKeyword("after")) {
            throw in.error(ERROR + "malformed placement");
        }
        return before;
    }

    private static Section anchor(TokenReader in, boolean before) {
        String keyword = in.kind() == Token.KEYWORD ? in.tokens.text(in.at) : "";
        Section anchor =
                switch (keyword) {
                    case "first" -> before ? Section.FIRST : null;
                    case "last" -> before ? null : Section.LAST;
                    default -> Section.ofKeyword(keyword);
                };
        if (anchor == null) {
            throw in.error(ERROR + "malformed section kind");
        }
        in.at++;
        return anchor;
    }
}
