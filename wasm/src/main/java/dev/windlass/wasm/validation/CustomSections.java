package dev.windlass.wasm.validation;

import dev.windlass.wasm.BranchHints;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Types;
import dev.windlass.wasm.internal.Errors;

/// Checks custom sections that have rules of their own. A module that breaks one is still valid, so
/// [Validator] does not ask this; tools that write such sections do.
public final class CustomSections {
    private CustomSections() {}

    /// Checks the branch hints of a module whose code is valid.
    ///
    /// @throws dev.windlass.wasm.MalformedException if the section is damaged
    /// @throws dev.windlass.wasm.InvalidException if a hint is not for an `if` or `br_if`
    public static void validate(Module module) {
        BranchHints hints = BranchHints.read(module);
        int i = 0;
        while (i < hints.size()) {
            int function = hints.function(i);
            int next = i;
            while (next < hints.size() && hints.function(next) == function) {
                next++;
            }
            checkFunction(module, hints, i, next);
            i = next;
        }
    }

    /// @param from the first hint of a function
    /// @param to the hint after its last one
    private static void checkFunction(Module module, BranchHints hints, int from, int to) {
        FunctionBody body = module.body(hints.function(from));
        Cursor cursor = new Cursor(module.bytes(), body.start(), body.end(), module.features());
        int declarations = cursor.u32();
        for (int i = 0; i != declarations; i++) {
            cursor.u32();
            Types.readValType(cursor, module.features());
        }
        int hint = from;
        while (hint < to && cursor.next()) {
            int offset = cursor.offset0 - body.start();
            if (offset == hints.offset(hint) && isTarget(cursor.opcode)) {
                hint++;
            }
        }
        if (hint < to) {
            throw Errors.branchHintTarget(body.start() + hints.offset(hint));
        }
    }

    private static boolean isTarget(Opcode op) {
        return op == Opcode.IF || op == Opcode.BR_IF;
    }
}
