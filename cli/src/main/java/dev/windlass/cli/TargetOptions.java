package dev.windlass.cli;

import dev.windlass.internal.Engines;
import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.Target;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What code is made for, and how: the options of commands that compile.
final class TargetOptions {
    @Mixin CodeOptions code = new CodeOptions();

    @Option(
            names = "--target",
            paramLabel = "SYSTEM",
            description = "x86_64-linux or aarch64-linux (default: this machine)")
    @Nullable String target;

    @Option(
            names = "--cpu",
            paramLabel = "NAME",
            description =
                    "native (the default for this machine), x86-64-v2, -v3, -v4, or generic on arm64")
    @Nullable String cpu;

    @Option(
            names = "--fuel",
            description = "code that counts its instructions, as 'run --fuel' needs it")
    boolean fuel;

    @Option(
            names = "--force",
            description = "also on systems where native code has not been tested (macOS)")
    boolean force;

    TargetOptions() {}

    /// @throws UsageException if they make no sense
    /// @throws InputException if LLVM cannot be used here
    CompileOptions options() {
        code.check();
        Untested.allow(force);
        usable();
        CompileOptions options = NativeEngine.options(code.level, code.memoryMode, null);
        try {
            options = options.forTarget(Target.of(target, cpu));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
        return guardable(fuel ? options.countingFuel() : options);
    }

    /// Only x86-64 has a handler for the hardware's traps.
    private CompileOptions guardable(CompileOptions options) {
        if (options.triple().startsWith("x86_64")) {
            return options;
        }
        if ("guard".equals(code.memoryMode)) {
            throw new UsageException("--memory-mode guard is for x86-64 only");
        }
        return options.withMemoryMode(CompileOptions.MemoryMode.EXPLICIT);
    }

    private static void usable() {
        try {
            Engines.named(EngineChoice.LLVM);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }
}
