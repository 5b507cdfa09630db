package dev.windlass.llvm;

import dev.windlass.wasm.Immediates;
import dev.windlass.wasm.Opcode;
import java.util.ArrayList;
import java.util.List;

/// One instruction with one choice of immediates, as a function that takes its operands from memory
/// and puts its result there.
///
/// @param name of the exported function
/// @param text the function in the text format
record InstructionCase(Opcode op, String name, String text) {
    /// Operand i is at 16 * i, the result here; an access of the instruction's own goes to
    /// [#ACCESS].
    static final int RESULT = 48;

    static final int ACCESS = 64;

    /// Bytes that a case may touch.
    static final int SIZE = 96;

    /// Every numeric, vector and atomic instruction that takes operands, has at most one result and
    /// does not wait.
    static List<InstructionCase> all() {
        List<InstructionCase> all = new ArrayList<>();
        for (Opcode op : Opcode.values()) {
            if (isPure(op)) {
                for (String immediates : immediates(op)) {
                    String name = "f" + all.size();
                    all.add(new InstructionCase(op, name, function(op, name, immediates)));
                }
            }
        }
        return all;
    }

    private static boolean isPure(Opcode op) {
        return switch (op.family()) {
            case VECTOR -> true;
            case ATOMIC -> !op.text().startsWith("memory.");
            case NUMERIC -> op.immediates() == Immediates.NONE && results(op).length() == 1;
            default -> false;
        };
    }

    private static String operands(Opcode op) {
        String signature = String.valueOf(op.typing().signature());
        return signature.substring(0, signature.indexOf(':'));
    }

    private static String results(Opcode op) {
        String signature = String.valueOf(op.typing().signature());
        return signature.substring(signature.indexOf(':') + 1);
    }

    private static List<String> immediates(Opcode op) {
        return switch (op.immediates()) {
            case NONE, FENCE -> List.of("");
            case MEMARG -> List.of(" offset=" + ACCESS);
            case LANE -> numbered("", lanes(op));
            case MEMARG_LANE -> numbered(" offset=" + ACCESS, 16 / op.typing().width());
            case V128 -> List.of(" i64x2 0x0123456789abcdef 0xfedcba9876543210");
            case SHUFFLE ->
                    List.of(
                            " 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
                            " 31 0 30 1 29 2 28 3 3 3 17 17 5 21 6 22",
                            " 0 2 4 6 8 10 12 14 16 18 20 22 24 26 28 30");
            default -> throw new AssertionError(op);
        };
    }

    private static List<String> numbered(String before, int count) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(before + " " + i);
        }
        return all;
    }

    /// `i8x16.extract_lane_s` has sixteen lanes.
    private static int lanes(Opcode op) {
        return Integer.parseInt(
                op.text().substring(op.text().indexOf('x') + 1, op.text().indexOf('.')));
    }

    private static String function(Opcode op, String name, String immediates) {
        String operands = operands(op);
        String results = results(op);
        StringBuilder s = new StringBuilder("(func (export \"" + name + "\")");
        if (!results.isEmpty()) {
            s.append(" i32.const ").append(RESULT);
        }
        for (int i = 0; i < operands.length(); i++) {
            char type = operands.charAt(i);
            s.append(" i32.const ").append(type == 'a' ? 0 : 16 * i);
            s.append(type == 'a' ? "" : " " + wat(type) + ".load");
        }
        s.append(' ').append(op.text()).append(immediates);
        if (!results.isEmpty()) {
            s.append(' ').append(wat(results.charAt(0))).append(".store");
        }
        return s.append(")\n").toString();
    }

    private static String wat(char type) {
        return switch (type) {
            case 'i' -> "i32";
            case 'l' -> "i64";
            case 'f' -> "f32";
            case 'd' -> "f64";
            case 'v' -> "v128";
            default -> throw new AssertionError(type);
        };
    }

    /// Whether the payload of a NaN may be either operand's.
    boolean hasLooseNaN() {
        String text = op.text();
        boolean isFloat = text.charAt(0) == 'f';
        return isFloat && (text.endsWith(".add") || text.endsWith(".mul") || text.contains("madd"));
    }

    /// Whether eight bytes of the result are what they should be.
    boolean agrees(long actual, long expected) {
        if (actual == expected || !hasLooseNaN()) {
            return actual == expected;
        }
        if (op.text().startsWith("f64")) {
            return isQuietNaN64(actual) && isQuietNaN64(expected);
        }
        return agrees32((int) actual, (int) expected)
                && agrees32((int) (actual >>> 32), (int) (expected >>> 32));
    }

    private static boolean agrees32(int actual, int expected) {
        return actual == expected || (isQuietNaN32(actual) && isQuietNaN32(expected));
    }

    private static boolean isQuietNaN32(int bits) {
        return (bits & 0x7FC0_0000) == 0x7FC0_0000;
    }

    private static boolean isQuietNaN64(long bits) {
        return (bits & 0x7FF8_0000_0000_0000L) == 0x7FF8_0000_0000_0000L;
    }
}
