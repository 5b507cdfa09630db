package dev.windlass.llvm;

import dev.windlass.wasm.MemoryType;
import java.util.function.IntPredicate;

/// How a module is compiled.
///
/// @param level 0 to 2
/// @param memoryMode how accesses to guest memory are kept inside
/// @param triple LLVM's name of the target
/// @param cpu LLVM's name of the processor
/// @param features LLVM's list of features
/// @param threads how many compile at a time
/// @param interpreted says which functions get no native code, as tests of mixed execution want it
public record CompileOptions(
        int level,
        MemoryMode memoryMode,
        String triple,
        String cpu,
        String features,
        int threads,
        IntPredicate interpreted) {
    /// How accesses to guest memory are kept inside it.
    public enum MemoryMode {
        /// A comparison and a branch before each access.
        EXPLICIT,

        /// The hardware's page protection, where the memory's kind allows it; else as above.
        GUARD;

        private static final int WASM_PAGE_LOG2 = 16;

        /// Whether accesses to memories of a type rely on the hardware's protection.
        public boolean guards(MemoryType type) {
            return this == GUARD && !type.is64() && type.pageSizeLog2() == WASM_PAGE_LOG2;
        }
    }

    public CompileOptions atLevel(int other) {
        return new CompileOptions(other, memoryMode, triple, cpu, features, threads, interpreted);
    }

    /// Whether a function gets no native code by request.
    public boolean isInterpreted(int function) {
        return interpreted.test(function);
    }
}
