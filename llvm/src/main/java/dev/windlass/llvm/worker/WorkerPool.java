package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.compile.Job;
import dev.windlass.llvm.compile.JobResult;
import dev.windlass.llvm.compile.JobRunner;
import dev.windlass.llvm.compile.Output;
import dev.windlass.llvm.compile.Workplace;
import dev.windlass.wasm.Module;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Does jobs in workers. Functions whose worker is lost stay with the interpreter; the other jobs,
/// which every library needs, are tried again once.
public final class WorkerPool implements Workplace {
    /// How the workers are started.
    interface Command {
        List<String> words() throws WorkerLostException;
    }

    /// What jobs may take.
    ///
    /// @param start of a worker
    /// @param job of any
    /// @param perMegabyte in addition, of WebAssembly code
    record Limits(Duration start, Duration job, Duration perMegabyte) {
        Duration of(Module module, Job job) {
            long bytes = 0;
            if (job instanceof Job.Functions(var from, var to, _, _)) {
                for (int i = from; i < to; i++) {
                    bytes += module.body(i).end() - module.body(i).start();
                }
            }
            return this.job.plus(perMegabyte.multipliedBy(bytes).dividedBy(1 << 20));
        }
    }

    /// Many times what LLVM takes at -O2 on a slow machine.
    static final Limits LIMITS =
            new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(300));

    private static final String LOSS = "a lost compile worker: it ";

    private static final Duration IDLE = Duration.ofSeconds(10);

    /// The one of this process.
    private static final WorkerPool SHARED =
            new WorkerPool(
                    WorkerCommand::words, LIMITS, Runtime.getRuntime().availableProcessors());

    private final Command command;
    private final Limits limits;
    private final Semaphore free;
    private final BackOff backOff;
    private final Deque<WorkerProcess> idle = new ArrayDeque<>();
    private int uses;

    WorkerPool(Command command, Limits limits, int most) {
        this(command, limits, most, new BackOff(System::nanoTime));
    }

    WorkerPool(Command command, Limits limits, int most, BackOff backOff) {
        this.command = command;
        this.limits = limits;
        this.backOff = backOff;
        free = new Semaphore(most);
    }

    /// The one of this process: its workers end some seconds after their last work.
    public static WorkerPool shared() {
        return SHARED;
    }

    /// Whether that is why a function has no native code.
    public static boolean isLoss(String reason) {
        return reason.startsWith(LOSS);
    }

    @Override
    public JobRunner of(Module module) {
        return (options, job) -> run(module, options, job);
    }

    /// @throws WorkerUnavailableException if no worker can do what every library needs
    private JobResult run(Module module, CompileOptions options, Job job) {
        if (!(job instanceof Job.Functions functions) || functions.output() != Output.OBJECT) {
            return needed(module, options, job);
        }
        if (backOff.isPausing()) {
            return interpreted(module, options, functions, "was lost repeatedly");
        }
        try {
            JobResult result = tried(module, options, job);
            backOff.worked();
            return result;
        } catch (WorkerLostException e) {
            backOff.lost();
            return interpreted(module, options, functions, String.valueOf(e.getMessage()));
        }
    }

    /// Other functions call these, so there is code that calls the interpreter.
    private JobResult interpreted(
            Module module, CompileOptions options, Job.Functions functions, String reason) {
        Map<Integer, String> all = new TreeMap<>();
        for (int i = functions.from(); i < functions.to(); i++) {
            all.put(i, LOSS + reason);
        }
        all.putAll(functions.interpreted());
        return needed(
                module,
                options,
                new Job.Functions(functions.from(), functions.to(), all, functions.output()));
    }

    private JobResult needed(Module module, CompileOptions options, Job job) {
        try {
            return tried(module, options, job);
        } catch (WorkerLostException first) {
            try {
                return tried(module, options, job);
            } catch (WorkerLostException e) {
                throw new WorkerUnavailableException("the compile worker " + e.getMessage());
            }
        }
    }

    private JobResult tried(Module module, CompileOptions options, Job job)
            throws WorkerLostException {
        free.acquireUninterruptibly();
        try {
            WorkerProcess worker = take();
            Message answer = worker.run(module, options, job, limits.of(module, job));
            if (answer instanceof Message.Done(var result)) {
                give(worker);
                return result;
            }
            worker.close();
            throw new WorkerLostException(
                    answer instanceof Message.Failed(var reason) ? "failed: " + reason : "failed");
        } finally {
            free.release();
        }
    }

    private WorkerProcess take() throws WorkerLostException {
        WorkerProcess worker = idling();
        return worker == null ? WorkerProcess.start(command.words(), limits.start()) : worker;
    }

    private synchronized @Nullable WorkerProcess idling() {
        uses++;
        WorkerProcess worker = idle.poll();
        while (worker != null && !worker.isAlive()) {
            worker.close();
            worker = idle.poll();
        }
        return worker;
    }

    private synchronized void give(WorkerProcess worker) {
        idle.push(worker);
        int now = uses;
        CompletableFuture.delayedExecutor(IDLE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> closeUnless(now));
    }

    /// Ends the workers unless there was work since.
    private synchronized void closeUnless(int usesThen) {
        if (uses == usesThen) {
            close();
        }
    }

    /// Ends the workers that do nothing.
    synchronized void close() {
        idle.forEach(WorkerProcess::close);
        idle.clear();
    }
}
