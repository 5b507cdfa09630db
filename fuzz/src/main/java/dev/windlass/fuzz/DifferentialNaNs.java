package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import java.util.function.ToIntFunction;

/// Makes NaNs canonical whose sign or payload is not fixed: of sums, products, quotients and roots.
final class DifferentialNaNs {
    private static final int NAN32 = 0x7FC0_0000;
    private static final long NAN64 = 0x7FF8_0000_0000_0000L;

    private DifferentialNaNs() {}

    /// @param op whose result is on top
    /// @param temporary the local of a type that may be overwritten
    static void canonicalise(Opcode op, DifferentialCode code, ToIntFunction<Character> temporary) {
        String text = op.text();
        if (!isLoose(text)) {
            return;
        }
        boolean is32 = text.startsWith("f32");
        if (text.contains("x")) {
            lanes(is32, code, temporary.applyAsInt('v'));
        } else {
            scalar(is32, code, temporary.applyAsInt(is32 ? 'f' : 'd'));
        }
    }

    private static boolean isLoose(String text) {
        return text.charAt(0) == 'f'
                && (text.endsWith(".add")
                        || text.endsWith(".sub")
                        || text.endsWith(".mul")
                        || text.endsWith(".div")
                        || text.endsWith(".sqrt")
                        || text.contains("madd"));
    }

    private static void scalar(boolean is32, DifferentialCode code, int value) {
        code.op(Opcode.LOCAL_TEE).u32(value);
        code.constant(is32 ? 'f' : 'd', is32 ? NAN32 : NAN64, 0);
        code.get(value);
        code.get(value);
        code.ops(is32 ? Opcode.F32_EQ : Opcode.F64_EQ, Opcode.SELECT);
    }

    private static void lanes(boolean is32, DifferentialCode code, int value) {
        long nans = is32 ? NAN32 * 0x1_0000_0001L : NAN64;
        code.op(Opcode.LOCAL_TEE).u32(value);
        code.constant('v', nans, nans);
        code.get(value);
        code.get(value);
        code.ops(is32 ? Opcode.F32X4_EQ : Opcode.F64X2_EQ, Opcode.V128_BITSELECT);
    }
}
