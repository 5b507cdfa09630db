package dev.windlass.wasm.text;

import dev.windlass.wasm.binary.ByteWriter;

/// Branch hints: the annotation, and the custom section that collects them.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Branch hints</a>
final class BranchHints {
    static final String ANNOTATION = "metadata.code.branch_hint";

    private final ByteWriter functions = new ByteWriter();
    private int count;

    /// The text of an error.
    static String error(String what) {
        return "@" + ANNOTATION + " annotation: " + what;
    }

    /// The annotation of a hint.
    static String annotation(int hint) {
        return "(@" + ANNOTATION + " \"\\0" + hint + "\")";
    }

    /// Reads an annotation: 0 for unlikely, 1 for likely.
    static int value(TokenReader in) {
        in.at++;
        int token = in.at;
        byte[] bytes = in.strings();
        if (bytes.length != 1 || bytes[0] < 0 || bytes[0] > 1 || !in.isRight()) {
            throw in.tokens.error(token, error("malformed hint"));
        }
        in.right();
        return bytes[0];
    }

    /// Takes a function's hints.
    ///
    /// @param hints pairs of an offset from the start of the body and a hint
    void add(int function, IntList hints) {
        if (hints.size() == 0) {
            return;
        }
        count++;
        functions.u32(function);
        functions.u32(hints.size() / 2);
        for (int i = 0; i < hints.size(); i += 2) {
            functions.u32(hints.get(i));
            functions.u32(1);
            functions.u8(hints.get(i + 1));
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /// The custom section's content.
    byte[] content() {
        return new ByteWriter().u32(count).append(functions).toByteArray();
    }
}
