package dev.windlass.llvm.compile;

import dev.windlass.wasm.Module;

/// Where jobs are done: here, or in another process.
public interface Workplace {
    /// In this process, on the calling thread.
    Workplace HERE = LocalJobs::new;

    /// What does jobs on a module.
    JobRunner of(Module module);
}
