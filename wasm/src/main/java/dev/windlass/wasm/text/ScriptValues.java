package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.binary.ByteWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Parses the constants and result patterns of scripts.
final class ScriptValues {
    private static final String CANONICAL = "nan:canonical";
    private static final String ARITHMETIC = "nan:arithmetic";

    private final TokenReader in;
    private final VectorParser vectors;
    private final TypeParser types;

    ScriptValues(TokenReader in) {
        this.in = in;
        vectors = new VectorParser(in);
        types = new TypeParser(in, new TypeSpace(), Features.ALL);
    }

    /// Constants, perhaps none.
    List<ScriptValue> arguments() {
        List<ScriptValue> values = new ArrayList<>();
        while (in.kind() == Token.LEFT) {
            in.at++;
            int token = in.at;
            values.add(value(in.keyword(), token));
            in.right();
        }
        return values;
    }

    private ScriptValue value(String keyword, int token) {
        return switch (keyword) {
            case "i32.const" -> new ScriptValue.I32((int) in.integer(32));
            case "i64.const" -> new ScriptValue.I64(in.integer(64));
            case "f32.const" -> new ScriptValue.F32(in.f32());
            case "f64.const" -> new ScriptValue.F64(in.f64());
            case "v128.const" -> vector();
            case "ref.null" -> new ScriptValue.RefNull(types.heapType());
            case "ref.extern" -> new ScriptValue.RefExtern(in.natural(32));
            case "ref.host" -> new ScriptValue.RefHost(in.natural(32));
            default -> throw in.unexpected(token);
        };
    }

    private ScriptValue vector() {
        ByteWriter bytes = new ByteWriter();
        vectors.constant(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        return new ScriptValue.V128(buffer.getLong(0), buffer.getLong(8));
    }

    /// Result patterns, perhaps none.
    List<ResultPattern> patterns() {
        List<ResultPattern> patterns = new ArrayList<>();
        while (in.kind() == Token.LEFT) {
            if (in.takeLeft("either")) {
                patterns.add(new ResultPattern.Either(alternatives()));
                in.right();
            } else {
                patterns.add(pattern());
            }
        }
        return patterns;
    }

    /// Alternatives do not nest.
    private List<ResultPattern> alternatives() {
        List<ResultPattern> alternatives = new ArrayList<>();
        while (in.kind() == Token.LEFT) {
            alternatives.add(pattern());
        }
        return alternatives;
    }

    private ResultPattern pattern() {
        in.left();
        int token = in.at;
        String keyword = in.keyword();
        ResultPattern pattern =
                switch (keyword) {
                    case "f32.const", "f64.const" -> number(keyword.substring(0, 3));
                    case "v128.const" -> lanes();
                    default ->
                            keyword.startsWith("ref.")
                                    ? reference(keyword.substring(4), token)
                                    : new ResultPattern.Exactly(value(keyword, token));
                };
        in.right();
        return pattern;
    }

    /// A float of that type, or a pattern of NaNs.
    private ResultPattern number(String type) {
        int bits = type.equals("f32") ? 32 : 64;
        if (in.takeKeyword(CANONICAL)) {
            return new ResultPattern.Nan(bits, true);
        }
        if (in.takeKeyword(ARITHMETIC)) {
            return new ResultPattern.Nan(bits, false);
        }
        return new ResultPattern.Exactly(
                bits == 32 ? new ScriptValue.F32(in.f32()) : new ScriptValue.F64(in.f64()));
    }

    private ResultPattern lanes() {
        boolean isFloat = in.isKeyword("f32x4") || in.isKeyword("f64x2");
        if (!isFloat) {
            return new ResultPattern.Exactly(vector());
        }
        String shape = in.keyword();
        List<ResultPattern> lanes = new ArrayList<>();
        int count = shape.charAt(4) - '0';
        while (lanes.size() < count) {
            lanes.add(number(shape.substring(0, 3)));
        }
        return new ResultPattern.Lanes(shape, lanes);
    }

    private ResultPattern reference(String kind, int token) {
        if (kind.equals("null")) {
            if (in.kind() == Token.KEYWORD) {
                types.heapType();
            }
            return new ResultPattern.AnyNull();
        }
        boolean known =
                switch (kind) {
                    case "extern", "host", "func", "i31", "struct", "array", "eq", "any", "exn" ->
                            true;
                    default -> false;
                };
        if (!known) {
            throw in.unexpected(token);
        }
        OptionalLong number =
                in.kind() == Token.NATURAL ? OptionalLong.of(in.natural(32)) : OptionalLong.empty();
        return new ResultPattern.Reference(kind, number);
    }
}
