package dev.windlass.cli;

/// The exit codes that are ours. A guest that ends by itself gives its own.
final class ExitCode {
    static final int OK = 0;

    /// A file that is missing or no module, an import that is missing, a failed check.
    static final int ERROR = 1;

    /// A command line that makes no sense.
    static final int USAGE = 2;

    /// A trap, as a process that called `abort`: 128 + SIGABRT.
    static final int TRAP = 134;

    /// Standard output was closed: 128 + SIGPIPE.
    static final int BROKEN_PIPE = 141;

    private ExitCode() {}
}
