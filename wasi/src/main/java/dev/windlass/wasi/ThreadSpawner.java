package dev.windlass.wasi;

/// Makes what a new thread of a guest needs: called by [WasiProcess] on that thread, once for each
/// `thread-spawn`.
@FunctionalInterface
public interface ThreadSpawner {
    /// Instantiates the module in a store of its own on the process's shared memory, attaches the
    /// store ([WasiProcess#attach]), calls `wasi_thread_start` and closes the store. What it throws
    /// ends the process.
    ///
    /// @param threadId the first argument
    /// @param startArg the second
    void run(int threadId, int startArg);
}
