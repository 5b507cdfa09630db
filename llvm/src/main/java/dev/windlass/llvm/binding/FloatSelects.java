package dev.windlass.llvm.binding;

import static dev.windlass.llvm.binding.LlvmC.GET_ELEMENT_TYPE;
import static dev.windlass.llvm.binding.LlvmC.GET_FIRST_BASIC_BLOCK;
import static dev.windlass.llvm.binding.LlvmC.GET_FIRST_INSTRUCTION;
import static dev.windlass.llvm.binding.LlvmC.GET_NEXT_BASIC_BLOCK;
import static dev.windlass.llvm.binding.LlvmC.GET_NEXT_INSTRUCTION;
import static dev.windlass.llvm.binding.LlvmC.GET_OPERAND;
import static dev.windlass.llvm.binding.LlvmC.GET_TYPE_KIND;
import static dev.windlass.llvm.binding.LlvmC.IS_A_FCMP;
import static dev.windlass.llvm.binding.LlvmC.IS_A_SELECT;
import static dev.windlass.llvm.binding.LlvmC.REPLACE_ALL_USES;
import static dev.windlass.llvm.binding.LlvmC.SET_OPERAND;
import static dev.windlass.llvm.binding.LlvmC.TYPE_OF;
import static dev.windlass.llvm.binding.LlvmC.invoke;

/// Keeps LLVM from taking a selection of floats by a comparison, one inside the other, for one:
/// LLVM 20 has the greater of x and y, and y, be the greater of x and y, although the inner one may
/// select a NaN where the outer one does not. Each is hidden from what uses it; the pair of
/// comparison and selection still becomes one machine instruction, and the fence none.
final class FloatSelects {
    // LLVMTypeKind
    private static final int FLOAT = 2;
    private static final int DOUBLE = 3;
    private static final int VECTOR = 13;

    private FloatSelects() {}

    /// Hides all that are in a module now: to be done before each `instcombine`.
    static void fence(Ir ir) {
        for (long function : ir.comparingFloats) {
            for (long block = invoke(GET_FIRST_BASIC_BLOCK, function);
                    block != 0;
                    block = invoke(GET_NEXT_BASIC_BLOCK, block)) {
                fence(ir, block);
            }
        }
    }

    private static void fence(Ir ir, long block) {
        long instruction = invoke(GET_FIRST_INSTRUCTION, block);
        while (instruction != 0) {
            long next = invoke(GET_NEXT_INSTRUCTION, instruction);
            if (isFloatSelect(instruction)) {
                ir.before(next, block);
                long hidden = ir.hidden(instruction);
                invoke(REPLACE_ALL_USES, instruction, hidden);
                invoke(SET_OPERAND, hidden, 0, instruction);
            }
            instruction = next;
        }
    }

    private static boolean isFloatSelect(long instruction) {
        return invoke(IS_A_SELECT, instruction) != 0
                && invoke(IS_A_FCMP, invoke(GET_OPERAND, instruction, 0)) != 0
                && isFloat(invoke(TYPE_OF, instruction));
    }

    private static boolean isFloat(long type) {
        int kind = (int) invoke(GET_TYPE_KIND, type);
        return kind == VECTOR
                ? isFloat(invoke(GET_ELEMENT_TYPE, type))
                : kind == FLOAT || kind == DOUBLE;
    }
}
