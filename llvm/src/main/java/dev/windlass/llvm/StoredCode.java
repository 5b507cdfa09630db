package dev.windlass.llvm;

import dev.windlass.llvm.artifact.ArtifactException;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.artifact.StoredLibrary;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// The code of one module, from a file that [Compiler#write] made. Runs without LLVM.
public final class StoredCode implements CodeSource {
    private final StoredLibrary library;

    private StoredCode(StoredLibrary library) {
        this.library = library;
    }

    /// Checks the file; nothing of it runs yet.
    ///
    /// @throws IOException if it cannot be read
    /// @throws ArtifactException with the reason, if it is not for this machine, this version, or is
    ///     damaged
    public static StoredCode open(Path file) throws IOException {
        return new StoredCode(StoredLibrary.open(file));
    }

    /// The module that it was made of, in the binary format.
    public byte[] module() {
        return library.module();
    }

    @Override
    public NativeLibrary library(Module module) {
        if (!Arrays.equals(module.bytes(), library.module())) {
            throw new ArtifactException("it was made of another module");
        }
        return library.load(module);
    }

    @Override
    public CompileOptions.MemoryMode memoryMode() {
        return library.note().memory();
    }
}
