package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.internal.Engines;
import dev.windlass.llvm.CodeSource;
import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.CompileReport;
import dev.windlass.llvm.Compiler;
import dev.windlass.llvm.Isolation;
import dev.windlass.llvm.LlvmEngine;
import dev.windlass.llvm.StoredCode;
import dev.windlass.llvm.artifact.ArtifactException;
import dev.windlass.llvm.artifact.NativeLibrary;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The LLVM engine as a command line asks for it. The only class of `run` that needs windlass-llvm,
/// which may be missing.
final class NativeEngine {
    private final @Nullable Compiler compiler;
    private final byte @Nullable [] module;
    private final LlvmEngine execution;

    private NativeEngine(Compiler compiler, String name) {
        this.compiler = compiler;
        this.module = null;
        execution = new LlvmEngine(new Reported(compiler, name));
    }

    private NativeEngine(StoredCode code, String name) {
        this.compiler = null;
        this.module = code.module();
        execution = new LlvmEngine(new Reported(code, name));
    }

    /// Says for which file code cannot be had.
    private record Reported(CodeSource source, String name) implements CodeSource {
        @Override
        public NativeLibrary library(Module module) {
            try {
                return source.library(module);
            } catch (LlvmException | ArtifactException e) {
                throw new InputException("no native code for '" + name + "': " + e.getMessage());
            }
        }

        @Override
        public CompileOptions.MemoryMode memoryMode() {
            return source.memoryMode();
        }
    }

    /// @throws IllegalStateException if LLVM cannot be used here
    static NativeEngine of(RunSettings settings) {
        if (settings.precompiled) {
            return new NativeEngine(stored(settings), settings.module);
        }
        Untested.allow(settings.force);
        Engines.named(EngineChoice.LLVM); // says why, if it cannot be used
        CompileOptions options = options(settings.level, settings.memoryMode, settings.testMix);
        return new NativeEngine(
                new Compiler(
                        settings.fuel == null ? options : options.countingFuel(),
                        isolation(settings.compileIn),
                        new CompileProgress()),
                settings.module);
    }

    private static StoredCode stored(RunSettings settings) {
        StoredCode code = stored(settings.module);
        if (settings.fuel != null && !code.countsFuel()) {
            throw new InputException(
                    "cannot run '"
                            + settings.module
                            + "' with --fuel: its code does not count fuel; compile the module with"
                            + " --fuel");
        }
        return code;
    }

    private static StoredCode stored(String name) {
        try {
            return StoredCode.open(Path.of(name));
        } catch (ArtifactException e) {
            throw new InputException("cannot run '" + name + "': " + e.getMessage());
        } catch (IOException e) {
            throw ModuleFile.unreadable(name, e);
        }
    }

    /// @param level 0 to 2, null for the default
    /// @param memoryMode guard, explicit, null or auto for the default
    /// @param mix seed of the choice of functions that are left to the interpreter, null for none
    static CompileOptions options(
            @Nullable Integer level, @Nullable String memoryMode, @Nullable Long mix) {
        CompileOptions options = CompileOptions.forThisMachine();
        if (level != null) {
            options = options.atLevel(level);
        }
        if (mix != null) {
            options = options.mixed(mix);
        }
        return memoryMode == null || memoryMode.equals("auto")
                ? options
                : options.withMemoryMode(
                        CompileOptions.MemoryMode.valueOf(memoryMode.toUpperCase(Locale.ROOT)));
    }

    /// @param place process, worker, or null for the default
    static Isolation isolation(@Nullable String place) {
        return place == null
                ? Isolation.PROCESS
                : Isolation.valueOf(place.toUpperCase(Locale.ROOT));
    }

    /// An engine that compiles like this, for what else than `run` executes guests.
    ///
    /// @throws IllegalStateException if LLVM cannot be used here
    static Engine engine(Engine base, CodeOptions code, @Nullable Long mix) {
        Engines.named(EngineChoice.LLVM);
        CompileOptions options = options(code.level, code.memoryMode, mix);
        Compiler compiler = new Compiler(options, Isolation.PROCESS, Compiler.Progress.NONE);
        return Engines.with(base, new LlvmEngine(compiler));
    }

    Engine engine(Engine base) {
        return Engines.with(base, execution);
    }

    /// Does all of a run of stored code that can be done without any.
    static void rehearse() {
        StoredCode.rehearse();
    }

    /// The module that the code carries, null if it is to be compiled.
    byte @Nullable [] module() {
        return module;
    }

    /// What `--stats` says of the compilation; empty if there was none.
    String report() {
        CompileReport report = compiler == null ? null : compiler.report();
        return report == null ? "" : text(report);
    }

    /// Functions with native code, and why others have none.
    static String text(CompileReport report) {
        int interpreted = report.interpreted().size();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "compile: %.1f ms", report.nanoseconds() / 1e6));
        lines.add(
                "native functions: "
                        + (report.functions() - interpreted)
                        + " of "
                        + report.functions());
        Map<String, Long> reasons =
                report.interpreted().values().stream()
                        .collect(Collectors.groupingBy(r -> r, Collectors.counting()));
        reasons.forEach((reason, count) -> lines.add("interpreted: " + count + " for " + reason));
        return lines.stream()
                .map(line -> "windlass: " + line + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
