package dev.windlass.wasm.text;

import dev.windlass.wasm.Opcode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The words of the text format: the instructions of [Opcode], and those that give structure.
final class Keywords {
    private static final Set<String> STRUCTURE =
            Set.of(
                    ("module definition instance binary quote type rec sub final func param result"
                                    + " local global mut table memory tag import export start elem"
                                    + " declare item offset data pagesize shared then do ref null"
                                    + " struct field array i8 i16 i32 i64 f32 f64 v128 i8x16 i16x8"
                                    + " i32x4 i64x2 f32x4 f64x2 any eq i31 none extern noextern"
                                    + " nofunc exn noexn funcref externref anyref eqref i31ref"
                                    + " structref arrayref exnref nullref nullfuncref nullexternref"
                                    + " nullexnref catch_ref catch_all_ref before after first last"
                                    + " register invoke get thread wait either nan:canonical nan:arithmetic")
                            .split(" "));

    private Keywords() {}

    /// The instruction of that keyword, or null.
    static @Nullable Opcode opcode(String text) {
        return ByText.FIRST.get(text);
    }

    /// The other instruction of the same keyword: the one that the binary format has for the longer
    /// form (`select` with a type, a cast to a nullable type).
    ///
    /// @throws IllegalArgumentException if there is none
    static Opcode twin(Opcode opcode) {
        Opcode twin = ByText.SECOND.get(opcode.text());
        if (twin == null) {
            throw new IllegalArgumentException("one code only: " + opcode);
        }
        return twin;
    }

    static boolean hasTwin(Opcode opcode) {
        return ByText.SECOND.containsKey(opcode.text());
    }

    /// Whether some rule of the grammar has the word.
    static boolean isKnown(String text) {
        return ByText.FIRST.containsKey(text)
                || STRUCTURE.contains(text)
                || text.startsWith("assert_")
                || text.startsWith("offset=")
                || text.startsWith("align=");
    }

    /// Keywords to rows; apart, because only texts need it.
    private static final class ByText {
        static final Map<String, Opcode> FIRST = new HashMap<>();
        static final Map<String, Opcode> SECOND = new HashMap<>();

        static {
            for (Opcode op : Opcode.values()) {
                if (FIRST.putIfAbsent(op.text(), op) != null) {
                    SECOND.put(op.text(), op);
                }
            }
        }
    }
}
