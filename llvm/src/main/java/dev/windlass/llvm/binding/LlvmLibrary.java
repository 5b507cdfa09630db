package dev.windlass.llvm.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/// The loaded libLLVM.
public final class LlvmLibrary {
    private final SymbolLookup symbols;
    private final Path folder;

    private LlvmLibrary(SymbolLookup symbols, Path folder) {
        this.symbols = symbols;
        this.folder = folder;
    }

    public static LlvmLibrary open() {
        Path folder = Path.of(System.getenv("WINDLASS_LLVM"));
        return new LlvmLibrary(
                SymbolLookup.libraryLookup(folder.resolve("libLLVM.so"), Arena.global()), folder);
    }

    public SymbolLookup symbols() {
        return symbols;
    }

    public Path lld() {
        return folder.resolve("lld");
    }
}
