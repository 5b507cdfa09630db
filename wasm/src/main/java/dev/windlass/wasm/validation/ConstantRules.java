package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.internal.Errors;

/// Which instructions are constant.
///
/// @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions">
///     Constant expressions</a>
final class ConstantRules {
    private ConstantRules() {}

    /// Checks the cursor's instruction, and declares the function that it names.
    ///
    /// @param globals the number of globals that the expression can see
    static void check(ModuleContext context, Cursor cursor, int globals) {
        Opcode op = cursor.opcode;
        if (op == Opcode.GLOBAL_GET) {
            checkGlobal(context, cursor.index, globals, cursor.offset0);
        } else if (!isConstant(op, context.module.features())) {
            throw Errors.notConstant(op, cursor.offset0);
        } else if (op == Opcode.REF_FUNC) {
            // What a constant expression names, code may name too.
            context.declare(cursor.index);
        }
    }

    private static void checkGlobal(ModuleContext context, int index, int globals, int at) {
        boolean seesDefined = context.module.features().has(Feature.GC);
        int visible =
                seesDefined
                        ? globals
                        : Math.min(globals, context.module.importedCount(ExternKind.GLOBAL));
        if (Integer.compareUnsigned(index, visible) >= 0) {
            throw Errors.unknown("global", index, at);
        }
        if (context.global(index, at).mutable()) {
            throw Errors.notConstant(Opcode.GLOBAL_GET, at);
        }
    }

    private static boolean isConstant(Opcode op, Features features) {
        return switch (op) {
            case I32_CONST,
                    I64_CONST,
                    F32_CONST,
                    F64_CONST,
                    V128_CONST,
                    REF_NULL,
                    REF_FUNC,
                    END,
                    REF_I31,
                    STRUCT_NEW,
                    STRUCT_NEW_DEFAULT,
                    ARRAY_NEW,
                    ARRAY_NEW_DEFAULT,
                    ARRAY_NEW_FIXED,
                    ANY_CONVERT_EXTERN,
                    EXTERN_CONVERT_ANY ->
                    true;
            case I32_ADD, I32_SUB, I32_MUL, I64_ADD, I64_SUB, I64_MUL ->
                    features.has(Feature.EXTENDED_CONST);
            default -> false;
        };
    }
}
