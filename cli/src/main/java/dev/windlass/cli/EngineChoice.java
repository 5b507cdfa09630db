package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.internal.Engines;
import java.util.function.UnaryOperator;

/// What `--engine` means.
final class EngineChoice {
    static final String LLVM = "llvm";

    private EngineChoice() {}

    /// An engine that executes as its name says.
    ///
    /// @param compiling makes an engine execute with LLVM as the command line asks for it; is called
    ///     only where windlass-llvm is installed
    /// @throws UsageException if there is no engine of that name
    /// @throws InputException if it cannot be used here
    static Engine of(String name, Engine base, UnaryOperator<Engine> compiling) {
        try {
            if (!name.equals(LLVM)) {
                return base.withExecution(name);
            }
            Engines.installed(LLVM);
            return compiling.apply(base);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + ", auto");
        } catch (IllegalStateException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }
}
