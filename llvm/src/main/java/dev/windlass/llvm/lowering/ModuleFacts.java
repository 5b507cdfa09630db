package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.BitSet;

/// What is to be known of a whole module before its functions are lowered apart.
///
/// @param frozen its tables that never change
/// @param hasTailCalls whether there are tail calls: then all functions have the uniform form
///     ([dev.windlass.llvm.thunk.Convention])
public record ModuleFacts(FrozenTables frozen, boolean hasTailCalls) {
    /// Looks through the whole module.
    public static ModuleFacts of(Module module) {
        BitSet written = new BitSet();
        boolean hasTailCalls = false;
        for (int i = module.importedCount(ExternKind.FUNC); i < module.functionCount(); i++) {
            Cursor cursor = FunctionScan.body(module, i);
            while (cursor.next()) {
                switch (cursor.opcode) {
                    case TABLE_SET, TABLE_GROW, TABLE_FILL, TABLE_COPY -> written.set(cursor.index);
                    case TABLE_INIT -> written.set(cursor.index2);
                    case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> hasTailCalls = true;
                    default -> {}
                }
            }
        }
        return new ModuleFacts(FrozenTables.of(module, written), hasTailCalls);
    }
}
