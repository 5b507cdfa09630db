package dev.windlass.bench;

import java.nio.file.Path;

/// One WebAssembly engine of the JVM, as the harness sees it. Its class has a public constructor without parameters.
public interface GuestEngine {
    /// Reads a module, once for all runs that follow.
    void load(Path module) throws Exception;

    /// Makes a new instance, calls its `_start` and returns the exit code.
    int run(GuestRun run) throws Exception;
}
