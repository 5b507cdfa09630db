package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;

/// Does jobs on one module. Called by several threads at a time.
public interface JobRunner {
    /// Does a job.
    ///
    /// @throws dev.windlass.llvm.binding.LlvmException if LLVM fails
    JobResult run(CompileOptions options, Job job);
}
