package dev.windlass.llvm;

import dev.windlass.wasm.MemoryType;

/// How a module is compiled.
///
/// @param level 0 to 2
/// @param memoryMode how accesses to guest memory are kept inside
/// @param triple LLVM's name of the target
/// @param cpu LLVM's name of the processor
/// @param features LLVM's list of features
public record CompileOptions(
        int level, MemoryMode memoryMode, String triple, String cpu, String features) {
    /// How accesses to guest memory are kept inside it.
    public enum MemoryMode {
        /// A comparison and a branch before each access.
        EXPLICIT,

        /// The hardware's page protection, where the memory's kind allows it; else as above.
        GUARD
    }

    private static final int WASM_PAGE_LOG2 = 16;

    /// Whether accesses to a memory rely on the hardware's protection.
    public boolean isGuarded(MemoryType type) {
        return memoryMode == MemoryMode.GUARD
                && !type.is64()
                && type.pageSizeLog2() == WASM_PAGE_LOG2;
    }
}
