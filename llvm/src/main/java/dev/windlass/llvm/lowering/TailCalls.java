package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;

/// Whether a module has tail calls: then all its functions have the uniform form
/// ([dev.windlass.llvm.thunk.Convention]).
final class TailCalls {
    private TailCalls() {}

    static boolean areIn(Module module) {
        for (int i = module.importedCount(ExternKind.FUNC); i < module.functionCount(); i++) {
            if (areIn(FunctionScan.body(module, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean areIn(Cursor cursor) {
        while (cursor.next()) {
            switch (cursor.opcode) {
                case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                    return true;
                }
                default -> {}
            }
        }
        return false;
    }
}
