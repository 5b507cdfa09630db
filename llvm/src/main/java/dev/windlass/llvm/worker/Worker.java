package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.FatalErrors;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.binding.LlvmLibrary;
import dev.windlass.llvm.binding.LlvmUnavailableException;
import dev.windlass.llvm.compile.CompileThread;
import dev.windlass.llvm.compile.Job;
import dev.windlass.llvm.compile.JobRunner;
import dev.windlass.llvm.compile.Workplace;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.binary.ModuleReader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The process that compiles for another: frames on standard input are orders, frames on standard
/// output are answers. It ends with its parent, even in the middle of LLVM's work.
public final class Worker {
    private static final int LOST = 3;
    private static final long MILLIS_BETWEEN_LOOKS = 1000;

    private final DataInputStream in;
    private final DataOutputStream out;
    private final Workplace workplace;

    /// One at a time; not the thread that reads, so that the parent's end is always noticed.
    private final ExecutorService compiling = Executors.newSingleThreadExecutor(CompileThread::new);

    private @Nullable JobRunner runner;

    Worker(DataInputStream in, DataOutputStream out, Workplace workplace) {
        this.in = in;
        this.out = out;
        this.workplace = workplace;
    }

    /// What is started. Not for people.
    public static void main(String[] arguments) {
        DataOutputStream out =
                new DataOutputStream(
                        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
        System.setOut(System.err); // nothing but frames is for standard output
        DataInputStream in =
                new DataInputStream(
                        new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
        watchParent();
        try {
            new Worker(in, out, Workplace.HERE).serve();
        } catch (EOFException e) {
            // The parent needs no more, or is gone.
            Runtime.getRuntime().halt(0);
        } catch (IOException | LlvmUnavailableException e) {
            System.err.println(e.getMessage());
        } catch (RuntimeException | Error e) {
            System.err.println(e);
        }
        // Not an orderly exit: LLVM may be at work.
        Runtime.getRuntime().halt(LOST);
    }

    /// The end of standard input tells of the parent's end, unless another process holds the pipe.
    private static void watchParent() {
        ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
        if (parent == null) {
            return;
        }
        Thread.ofPlatform()
                .daemon()
                .name("windlass-parent")
                .start(() -> {
                    while (ProcessHandle.current().parent().filter(parent::equals).isPresent()) {
                        try {
                            Thread.sleep(MILLIS_BETWEEN_LOOKS);
                        } catch (InterruptedException e) {
                            break;
                        }
                    }
                    Runtime.getRuntime().halt(LOST);
                });
    }

    /// Until the stream ends.
    ///
    /// @throws IOException if it cannot be read, or what comes is no message
    void serve() throws IOException {
        answer(new Message.Hello(LlvmLibrary.open().version()));
        try {
            while (true) {
                switch (Message.read(in)) {
                    case Message.Load(var bytes) -> runner = loaded(bytes);
                    case Message.Work(var options, var job) -> {
                        JobRunner current = runner;
                        if (current == null) {
                            throw new IOException("work without a module");
                        }
                        compiling.execute(() -> work(current, options, job));
                    }
                    case Message.Hello _, Message.Done _, Message.Failed _ ->
                            throw new IOException("an answer instead of an order");
                }
            }
        } finally {
            compiling.shutdownNow();
        }
    }

    /// A module that cannot be read is the answer to the first work on it: nothing answers `Load`.
    private JobRunner loaded(byte[] bytes) {
        try {
            return workplace.of(ModuleReader.read(bytes, Features.ALL));
        } catch (RuntimeException | Error e) {
            return (options, job) -> {
                throw new LlvmException("the module cannot be read: " + e);
            };
        }
    }

    private void work(JobRunner current, CompileOptions options, Job job) {
        FatalErrors.report(reason -> end("LLVM failed: " + reason));
        try {
            answer(new Message.Done(current.run(options, job)));
        } catch (RuntimeException e) {
            end(String.valueOf(e.getMessage()));
        } catch (Throwable e) {
            end(String.valueOf(e));
        }
    }

    /// After a failure nobody knows what LLVM holds: another worker goes on.
    private void end(String reason) {
        try {
            answer(new Message.Failed(reason));
        } catch (IOException e) {
            System.err.println(reason);
        }
        Runtime.getRuntime().halt(LOST);
    }

    private synchronized void answer(Message message) throws IOException {
        Message.write(out, message);
    }
}
