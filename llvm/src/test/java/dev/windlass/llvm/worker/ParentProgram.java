package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.worker.FaultyWorker.Fault;
import java.time.Duration;

/// A program that waits for a worker that hangs, to be killed by a test.
final class ParentProgram {
    private ParentProgram() {}

    public static void main(String[] arguments) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    while (ProcessHandle.current().children().findAny().isEmpty()) {
                        Thread.onSpinWait();
                    }
                    System.out.println(
                            ProcessHandle.current().children().findAny().orElseThrow().pid());
                });
        WorkerPool pool =
                new WorkerPool(
                        () -> FaultyWorker.words(Fault.HANG),
                        new WorkerPool.Limits(
                                Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ZERO),
                        1);
        ModuleCompiler.compile(Sample.SMALL, CompileOptions.forThisMachine(), pool, p -> {});
    }
}
