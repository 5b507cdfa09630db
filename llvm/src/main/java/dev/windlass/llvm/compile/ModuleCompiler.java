package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.FatalErrors;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Compiles a whole module: its functions in batches, one context of LLVM's a batch, as many at a
/// time as there are processors.
public final class ModuleCompiler {
    /// Bytes of WebAssembly code in a batch: enough that LLVM's fixed cost does not show, few enough
    /// that all processors have work until the end.
    private static final int BATCH_BYTES = 96 * 1024;

    /// The support code by target: the same for every module.
    private static final Map<String, JobResult> SUPPORT = new ConcurrentHashMap<>();

    private final Module module;
    private final CompileOptions options;
    private final Consumer<Progress> progress;
    private final JobRunner runner;
    private int done;

    /// @param done batches that are finished
    /// @param all batches there are
    public record Progress(int done, int all) {}

    private ModuleCompiler(
            Module module,
            CompileOptions options,
            Workplace workplace,
            Consumer<Progress> progress) {
        this.module = module;
        this.options = options;
        runner = workplace.of(module);
        this.progress = progress;
    }

    /// Compiles in this process.
    ///
    /// @param progress told after each batch, by any thread, one at a time
    /// @throws LlvmException if LLVM fails
    public static CompiledModule compile(
            Module module, CompileOptions options, Consumer<Progress> progress) {
        return compile(module, options, Workplace.HERE, progress);
    }

    /// Compiles.
    ///
    /// @param workplace where that is done
    /// @param progress told after each batch, by any thread, one at a time
    /// @throws LlvmException if LLVM fails
    public static CompiledModule compile(
            Module module,
            CompileOptions options,
            Workplace workplace,
            Consumer<Progress> progress) {
        return new ModuleCompiler(module, options, workplace, progress).run();
    }

    /// What LLVM makes of the functions, for people to read: one part for each batch.
    ///
    /// @throws LlvmException if LLVM fails
    public static List<byte[]> emit(
            Module module, CompileOptions options, Output output, Consumer<Progress> progress) {
        return new ModuleCompiler(module, options, Workplace.HERE, progress).emitted(output);
    }

    /// What LLVM makes of one function, for people to read.
    ///
    /// @throws LlvmException if LLVM fails
    public static JobResult function(
            Module module, CompileOptions options, int index, Output output) {
        ExecutorService thread = Executors.newSingleThreadExecutor(CompileThread::new);
        try {
            Job job = new Job.Functions(index, index + 1, Map.of(), output);
            return result(start(thread, () -> Workplace.HERE.of(module).run(options, job)));
        } finally {
            thread.shutdownNow();
        }
    }

    private List<byte[]> emitted(Output output) {
        ExecutorService threads =
                Executors.newFixedThreadPool(options.threads(), CompileThread::new);
        try {
            return started(threads, output).stream().map(future -> result(future).bytes()).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private CompiledModule run() {
        List<byte[]> objects = new ArrayList<>();
        Map<Integer, String> interpreted = new TreeMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(options.threads(), CompileThread::new);
        try {
            List<Future<JobResult>> batches = started(threads, Output.OBJECT);
            Future<JobResult> support = start(threads, this::support);
            for (Future<JobResult> batch : batches) {
                JobResult result = result(batch);
                objects.add(result.bytes());
                interpreted.putAll(result.interpreted());
            }
            objects.add(result(support).bytes());
            if (batches.size() > 1) {
                Job table = new Job.Table(interpreted.keySet());
                objects.add(result(start(threads, () -> run(table))).bytes());
            }
        } finally {
            // Without waiting: a thread that LLVM failed on never ends.
            threads.shutdownNow();
        }
        return new CompiledModule(objects, interpreted);
    }

    private JobResult run(Job job) {
        return runner.run(options, job);
    }

    private List<Future<JobResult>> started(ExecutorService threads, Output output) {
        List<Job.Functions> batches = batches(output);
        return batches.stream()
                .map(batch -> start(threads, counted(batch, batches.size())))
                .toList();
    }

    /// Work that ends when LLVM fails, although its thread does not.
    private static Future<JobResult> start(ExecutorService threads, Callable<JobResult> work) {
        CompletableFuture<JobResult> future = new CompletableFuture<>();
        threads.execute(() -> {
            FatalErrors.report(reason ->
                    future.completeExceptionally(new LlvmException("LLVM failed: " + reason)));
            try {
                future.complete(work.call());
            } catch (Throwable e) {
                future.completeExceptionally(e);
            }
        });
        return future;
    }

    private Callable<JobResult> counted(Job.Functions batch, int all) {
        return () -> {
            JobResult result = run(batch);
            synchronized (this) {
                done++;
                progress.accept(new Progress(done, all));
            }
            return result;
        };
    }

    private static JobResult result(Future<JobResult> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new LlvmException("the compilation failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LlvmException("the compilation was interrupted");
        }
    }

    private List<Job.Functions> batches(Output output) {
        List<Job.Functions> batches = new ArrayList<>();
        int from = module.importedCount(ExternKind.FUNC);
        int bytes = 0;
        for (int i = from; i < module.functionCount(); i++) {
            FunctionBody body = module.body(i);
            bytes += body.end() - body.start();
            if (bytes >= BATCH_BYTES) {
                batches.add(batch(from, i + 1, output));
                from = i + 1;
                bytes = 0;
            }
        }
        if (from < module.functionCount() || batches.isEmpty()) {
            batches.add(batch(from, module.functionCount(), output));
        }
        return batches;
    }

    private Job.Functions batch(int from, int to, Output output) {
        Map<Integer, String> interpreted = new TreeMap<>();
        for (int i = from; i < to; i++) {
            if (options.isInterpreted(i)) {
                interpreted.put(i, "left to the interpreter on request");
            }
        }
        return new Job.Functions(from, to, interpreted, output);
    }

    private JobResult support() {
        String target = options.triple() + ' ' + options.cpu() + ' ' + options.features();
        JobResult known = SUPPORT.get(target);
        if (known == null) {
            known = run(new Job.Support());
            SUPPORT.put(target, known);
        }
        return known;
    }
}
