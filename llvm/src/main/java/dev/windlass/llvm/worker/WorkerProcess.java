package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.compile.Job;
import dev.windlass.wasm.Module;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One worker, as its parent sees it. Used by one thread at a time.
final class WorkerProcess implements AutoCloseable {
    /// Variables by which the environment gives options to every Java: debuggers, agents.
    static final List<String> JAVA_OPTIONS =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final LastWords lastWords;
    private @Nullable Module loaded;

    private WorkerProcess(Process process) {
        this.process = process;
        in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
        lastWords = LastWords.of(process.getErrorStream());
    }

    /// Starts one and waits until it is ready.
    ///
    /// @throws WorkerLostException if that fails
    static WorkerProcess start(List<String> command, Duration limit) throws WorkerLostException {
        ProcessBuilder builder = new ProcessBuilder(command);
        JAVA_OPTIONS.forEach(builder.environment()::remove);
        WorkerProcess worker;
        try {
            worker = new WorkerProcess(builder.start());
        } catch (IOException e) {
            throw new WorkerLostException("cannot be started: " + e.getMessage());
        }
        if (worker.within(limit, () -> Message.read(worker.in)) instanceof Message.Hello) {
            return worker;
        }
        throw worker.lost("began with something else than a greeting");
    }

    /// Does a job.
    ///
    /// @return `Done` or `Failed`
    /// @throws WorkerLostException if the worker is lost by that
    Message run(Module module, CompileOptions options, Job job, Duration limit)
            throws WorkerLostException {
        Message answer =
                within(
                        limit,
                        () -> {
                            if (loaded != module) {
                                Message.write(out, new Message.Load(module.bytes()));
                                loaded = module;
                            }
                            Message.write(out, new Message.Work(options, job));
                            return Message.read(in);
                        });
        return switch (answer) {
            case Message.Done done -> done;
            case Message.Failed failed -> failed;
            case Message.Hello _, Message.Load _, Message.Work _ ->
                    throw lost("answered with an order");
        };
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// Something that is said and answered.
    private interface Exchange {
        Message make() throws IOException;
    }

    /// Kills the process when the time is over: whatever blocks on its streams then ends.
    private Message within(Duration limit, Exchange exchange) throws WorkerLostException {
        AtomicBoolean isOver = new AtomicBoolean();
        Executor later = CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Void> watch =
                CompletableFuture.runAsync(
                        () -> {
                            isOver.set(true);
                            process.destroyForcibly();
                        },
                        later);
        try {
            return exchange.make();
        } catch (IOException e) {
            throw lost(
                    isOver.get() ? "gave no answer within " + limit.toSeconds() + " s" : reason(e));
        } finally {
            watch.cancel(false);
        }
    }

    private static String reason(IOException e) {
        boolean isEnd =
                e instanceof EOFException || String.valueOf(e.getMessage()).contains("pipe");
        return isEnd ? "" : "answered nonsense (" + e.getMessage() + ")";
    }

    /// Ends it and says why it is gone.
    ///
    /// @param reason empty if it ended by itself
    private WorkerLostException lost(String reason) {
        String how = reason;
        if (how.isEmpty()) {
            how = "ended (" + exitCode() + ")";
        }
        process.toHandle()
                .destroyForcibly(); // unlike the process's own, it leaves the streams open
        String words = lastWords.text();
        close();
        return new WorkerLostException(words.isEmpty() ? how : how + ": " + words);
    }

    private String exitCode() {
        try {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                return "exit code " + process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "closed its output";
    }

    @Override
    public void close() {
        process.destroyForcibly();
        closeQuietly(out);
        closeQuietly(in);
    }

    /// There is nothing to be saved from a process that is killed.
    private static void closeQuietly(AutoCloseable stream) {
        try {
            stream.close();
        } catch (Exception e) {
            return;
        }
    }
}
