package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.FatalErrors;
import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.binding.TargetMachine;
import dev.windlass.llvm.lowering.ModuleFacts;
import dev.windlass.llvm.lowering.ModuleLowering;
import dev.windlass.llvm.thunk.Support;
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
    private static final Map<String, byte[]> SUPPORT = new ConcurrentHashMap<>();

    private final Module module;
    private final CompileOptions options;
    private final Consumer<Progress> progress;
    private final ModuleFacts facts;
    private int done;

    /// @param done batches that are finished
    /// @param all batches there are
    public record Progress(int done, int all) {}

    private ModuleCompiler(Module module, CompileOptions options, Consumer<Progress> progress) {
        this.module = module;
        this.options = options;
        this.progress = progress;
        facts = ModuleFacts.of(module);
    }

    /// Compiles.
    ///
    /// @param progress told after each batch, by any thread, one at a time
    /// @throws LlvmException if LLVM fails
    public static CompiledModule compile(
            Module module, CompileOptions options, Consumer<Progress> progress) {
        return new ModuleCompiler(module, options, progress).run();
    }

    /// What LLVM makes of the functions, for people to read: one part for each batch.
    ///
    /// @throws LlvmException if LLVM fails
    public static List<byte[]> emit(
            Module module, CompileOptions options, Output output, Consumer<Progress> progress) {
        return new ModuleCompiler(module, options, progress).emitted(output);
    }

    private List<byte[]> emitted(Output output) {
        List<Batch> batches = batches();
        ExecutorService threads =
                Executors.newFixedThreadPool(options.threads(), CompileThread::new);
        try {
            return batches.stream()
                    .map(batch -> start(threads, counted(batch, output, batches.size())))
                    .toList()
                    .stream()
                    .map(ModuleCompiler::result)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private CompiledModule run() {
        List<Batch> batches = batches();
        List<byte[]> objects = new ArrayList<>();
        Map<Integer, String> interpreted = new TreeMap<>();
        ExecutorService threads =
                Executors.newFixedThreadPool(options.threads(), CompileThread::new);
        try {
            List<Future<byte[]>> futures = new ArrayList<>();
            for (Batch batch : batches) {
                futures.add(start(threads, counted(batch, Output.OBJECT, batches.size())));
            }
            Future<byte[]> support = start(threads, this::supportObject);
            for (int i = 0; i < batches.size(); i++) {
                objects.add(result(futures.get(i)));
                interpreted.putAll(batches.get(i).interpreted);
            }
            objects.add(result(support));
            if (batches.size() > 1) {
                objects.add(result(start(threads, () -> tableObject(interpreted))));
            }
        } finally {
            // Without waiting: a thread that LLVM failed on never ends.
            threads.shutdownNow();
        }
        return new CompiledModule(objects, interpreted);
    }

    /// Work that ends when LLVM fails, although its thread does not.
    private static Future<byte[]> start(ExecutorService threads, Callable<byte[]> work) {
        CompletableFuture<byte[]> future = new CompletableFuture<>();
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

    private Callable<byte[]> counted(Batch batch, Output output, int all) {
        return () -> {
            byte[] object = batch.compile(output);
            synchronized (this) {
                done++;
                progress.accept(new Progress(done, all));
            }
            return object;
        };
    }

    private static byte[] result(Future<byte[]> future) {
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

    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        int from = module.importedCount(ExternKind.FUNC);
        int bytes = 0;
        for (int i = from; i < module.functionCount(); i++) {
            FunctionBody body = module.body(i);
            bytes += body.end() - body.start();
            if (bytes >= BATCH_BYTES) {
                batches.add(new Batch(module, facts, options, from, i + 1));
                from = i + 1;
                bytes = 0;
            }
        }
        if (from < module.functionCount() || batches.isEmpty()) {
            batches.add(new Batch(module, facts, options, from, module.functionCount()));
        }
        return batches;
    }

    private byte[] supportObject() {
        String target = options.triple() + ' ' + options.cpu() + ' ' + options.features();
        byte[] known = SUPPORT.get(target);
        if (known == null) {
            known = newSupportObject();
            SUPPORT.put(target, known);
        }
        return known;
    }

    private byte[] newSupportObject() {
        try (TargetMachine target = Targets.machine(options.atLevel(1));
                Ir ir = new Ir("windlass.support")) {
            target.prepare(ir);
            Support.emit(ir, options.triple());
            ir.verify();
            return target.object(ir);
        }
    }

    private byte[] tableObject(Map<Integer, String> interpreted) {
        try (TargetMachine target = Targets.machine(options.atLevel(1));
                Ir ir = new Ir("windlass.table")) {
            target.prepare(ir);
            TableObject.emit(new ModuleLowering(module, facts, ir, options), interpreted.keySet());
            ir.verify();
            return target.object(ir);
        }
    }
}
