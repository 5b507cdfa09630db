package dev.windlass.spec;

import java.nio.file.Path;

/// Is told how a run of scripts goes on.
public interface SuiteListener {
    /// A script begins.
    default void started(Path file) {}

    /// A script has ended.
    default void finished(ScriptReport report) {}
}
