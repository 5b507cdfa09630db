package dev.windlass.llvm;

import dev.windlass.llvm.artifact.Lld;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.artifact.StoredLibrary;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.compile.CompiledModule;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.compile.Output;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compiles modules, for this process or into files.
public final class Compiler implements CodeSource {
    private final CompileOptions options;
    private final Isolation isolation;
    private final Progress progress;
    private volatile @Nullable CompileReport report;

    /// Told how far a compilation is.
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (done, all) -> {};

        /// @param done batches that are finished
        /// @param all batches there are
        void at(int done, int all);
    }

    /// One that compiles in this process.
    public Compiler(CompileOptions options, Progress progress) {
        this(options, Isolation.PROCESS, progress);
    }

    public Compiler(CompileOptions options, Isolation isolation, Progress progress) {
        this.options = options;
        this.isolation = isolation;
        this.progress = progress;
    }

    /// Writes a library that [StoredCode] runs; it is complete when it appears under its name.
    ///
    /// @throws IOException if it cannot be written; nothing is left then
    /// @throws LlvmException if LLVM or lld fails
    public void write(Module module, Path out) throws IOException {
        StoredLibrary.write(module, compile(module).objects(), options, out);
    }

    /// What LLVM makes of the functions, for people to read.
    ///
    /// @throws IOException if it cannot be written; nothing is left then
    /// @throws LlvmException if LLVM or lld fails
    public void emit(Module module, Output output, Path out) throws IOException {
        List<byte[]> parts =
                ModuleCompiler.emit(module, options, output, p -> progress.at(p.done(), p.all()));
        byte[] all = output == Output.OBJECT ? Lld.merge(parts) : joined(parts);
        StoredLibrary.writeAtOnce(all, out);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }

    @Override
    public NativeLibrary library(Module module) {
        CompiledModule compiled = compile(module);
        try {
            Path file = Files.createTempFile("windlass", ".so");
            try {
                Lld.link(compiled.objects(), file);
                return NativeLibrary.load(file, module);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new LlvmException("the library cannot be written: " + e.getMessage());
        }
    }

    private CompiledModule compile(Module module) {
        long start = System.nanoTime();
        CompiledModule compiled =
                ModuleCompiler.compile(
                        module,
                        options,
                        isolation.workplace(),
                        p -> progress.at(p.done(), p.all()));
        report =
                new CompileReport(
                        module.functionCount() - module.importedCount(ExternKind.FUNC),
                        compiled.interpreted(),
                        System.nanoTime() - start);
        return compiled;
    }

    /// What became of the last module, null before the first.
    public @Nullable CompileReport report() {
        return report;
    }

    @Override
    public CompileOptions.MemoryMode memoryMode() {
        return options.memoryMode();
    }
}
