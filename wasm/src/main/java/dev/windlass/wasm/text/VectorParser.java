package dev.windlass.wasm.text;

import dev.windlass.wasm.binary.ByteWriter;

/// Parses vector constants and lanes.
final class VectorParser {
    private final TokenReader in;

    VectorParser(TokenReader in) {
        this.in = in;
    }

    /// The number of a lane.
    int lane() {
        return (int) in.natural(8);
    }

    /// Sixteen numbers of lanes.
    void shuffle(ByteWriter out) {
        int count = 0;
        for (; isNumber(); count++) {
            Long lane = in.kind() == Token.NATURAL ? Numbers.integer(text(), 8) : null;
            if (lane == null) {
                throw in.error("i8 constant out of range");
            }
            in.at++;
            if (count < 16) {
                out.u8(lane.intValue());
            }
        }
        if (count != 16) {
            throw in.error("invalid lane length");
        }
    }

    /// A shape and as many numbers as it has lanes.
    void constant(ByteWriter out) {
        String shape = in.kind() == Token.KEYWORD ? text() : "";
        int lanes =
                switch (shape) {
                    case "i8x16" -> 16;
                    case "i16x8" -> 8;
                    case "i32x4", "f32x4" -> 4;
                    case "i64x2", "f64x2" -> 2;
                    default -> throw in.unexpected();
                };
        in.at++;
        checkCount(lanes);
        for (int i = 0; i < lanes; i++) {
            lane(shape, out);
        }
    }

    private void checkCount(int lanes) {
        int start = in.at;
        while (isNumber()) {
            in.at++;
        }
        if (in.at - start != lanes) {
            boolean isWord = in.kind() == Token.RESERVED || in.kind() == Token.KEYWORD;
            throw isWord ? in.unexpected() : in.error("wrong number of lane literals");
        }
        in.at = start;
    }

    private void lane(String shape, ByteWriter out) {
        switch (shape) {
            case "i8x16" -> out.u8((int) in.integer(8));
            case "i16x8" -> {
                int value = (int) in.integer(16);
                out.u8(value);
                out.u8(value >> 8);
            }
            case "i32x4" -> out.fixed32((int) in.integer(32));
            case "i64x2" -> out.fixed64(in.integer(64));
            case "f32x4" -> out.fixed32(in.f32());
            default -> out.fixed64(in.f64());
        }
    }

    private boolean isNumber() {
        return switch (in.kind()) {
            case NATURAL, INTEGER, FLOAT -> true;
            default -> false;
        };
    }

    private String text() {
        return in.tokens.text(in.at);
    }
}
