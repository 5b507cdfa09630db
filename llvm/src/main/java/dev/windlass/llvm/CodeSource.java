package dev.windlass.llvm;

import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.wasm.Module;

/// Where the native code of modules comes from: a compiler, a stored library.
public interface CodeSource {
    /// The loaded library of a validated module.
    NativeLibrary library(Module module);

    /// How the code of all of them keeps accesses to memory inside.
    CompileOptions.MemoryMode memoryMode();
}
