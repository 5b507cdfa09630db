package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Module;

/// What is to be known of a whole module before its functions are lowered apart.
///
/// @param frozen its tables that never change
/// @param hasTailCalls [TailCalls#areIn(Module)]
public record ModuleFacts(FrozenTables frozen, boolean hasTailCalls) {
    /// Looks through the whole module.
    public static ModuleFacts of(Module module) {
        return new ModuleFacts(FrozenTables.of(module), TailCalls.areIn(module));
    }
}
