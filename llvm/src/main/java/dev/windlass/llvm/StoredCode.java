package dev.windlass.llvm;

import dev.windlass.llvm.artifact.ArtifactException;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.artifact.StoredLibrary;
import dev.windlass.llvm.binding.HostSystem;
import dev.windlass.llvm.entry.Entry;
import dev.windlass.llvm.entry.SignalTraps;
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
        StoredLibrary library = StoredLibrary.open(file);
        if (library.note().memory() == CompileOptions.MemoryMode.GUARD
                && !SignalTraps.arePossible()) {
            throw new ArtifactException(
                    "it relies on the hardware's traps, which cannot be used here: compile the"
                            + " module with --memory-mode explicit");
        }
        return new StoredCode(library);
    }

    /// Makes what all code calls and is called by, though there is none yet: for a JVM that remembers
    /// what it has done. On Linux; elsewhere nothing is remembered.
    public static void rehearse() {
        if (HostSystem.isLinux()) {
            Entry.rehearse();
        }
    }

    /// The module that it was made of, in the binary format. Not to be changed.
    public byte[] module() {
        return library.module();
    }

    /// Whether the code pays for its instructions: else it cannot run where fuel is counted.
    public boolean countsFuel() {
        return library.note().countsFuel();
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
