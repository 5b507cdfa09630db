package dev.windlass.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How code is made: the options of all commands that make some. Knows nothing of windlass-llvm, which may
/// be missing.
final class CodeOptions {
    @Option(
            names = "-O",
            paramLabel = "LEVEL",
            description = "0 compiles fast, 1 (the default) well, 2 takes its time")
    @Nullable Integer level;

    @Option(
            names = "--memory-mode",
            paramLabel = "MODE",
            description = "guard (the hardware checks accesses), explicit or auto (the default)")
    @Nullable String memoryMode;

    CodeOptions() {}

    /// @throws UsageException if they make no sense
    void check() {
        if (level != null && (level < 0 || level > 2)) {
            throw new UsageException("-O takes 0, 1 or 2, not " + level);
        }
        if (memoryMode != null) {
            RunParser.checkMemoryMode(memoryMode);
        }
    }

    boolean areGiven() {
        return level != null || memoryMode != null;
    }
}
