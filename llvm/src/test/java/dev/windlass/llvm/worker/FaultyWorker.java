package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.TargetMachine;
import dev.windlass.llvm.compile.Job;
import dev.windlass.llvm.compile.JobResult;
import dev.windlass.llvm.compile.Workplace;
import dev.windlass.wasm.Module;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A worker with a fault, which shows when it is to compile functions; what every library needs it
/// does right.
final class FaultyWorker {
    /// What it does instead of compiling.
    enum Fault {
        CRASH,
        FATAL_ERROR,
        HANG,
        STOP,
        NONSENSE,
        DAMAGED_ANSWER,
        CUT_OFF_ANSWER,
        WRONG_ANSWER,
        MUCH_MEMORY,
        EXIT,
        /// No fault, but it prints.
        CHATTER
    }

    private FaultyWorker() {}

    /// How one is started.
    static List<String> words(Fault fault) throws WorkerLostException {
        List<String> words = new ArrayList<>(WorkerCommand.words());
        words.removeLast();
        String tests =
                Path.of(System.getProperty("basedir", "."), "target/test-classes").toString();
        words.set(words.size() - 1, words.getLast() + ":" + tests);
        words.addAll(List.of(FaultyWorker.class.getName(), fault.name()));
        return words;
    }

    public static void main(String[] arguments) throws IOException {
        Fault fault = Fault.valueOf(arguments[0]);
        FileOutputStream raw = new FileOutputStream(FileDescriptor.out);
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(raw));
        System.setOut(System.err);
        Workplace workplace =
                module ->
                        (options, job) -> {
                            boolean isReal =
                                    job instanceof Job.Functions functions
                                            && functions.interpreted().isEmpty();
                            if (isReal) {
                                try {
                                    show(fault, out, module, options);
                                } catch (IOException | InterruptedException e) {
                                    throw new AssertionError(e);
                                }
                            }
                            return Workplace.HERE.of(module).run(options, job);
                        };
        new Worker(new DataInputStream(new FileInputStream(FileDescriptor.in)), out, workplace)
                .serve();
    }

    private static void show(
            Fault fault, DataOutputStream out, Module module, CompileOptions options)
            throws IOException, InterruptedException {
        switch (fault) {
            case CRASH -> System.err.println(word(16));
            case FATAL_ERROR -> readNoRegister(options);
            case HANG -> Thread.sleep(Long.MAX_VALUE);
            case STOP -> {
                String pid = String.valueOf(ProcessHandle.current().pid());
                new ProcessBuilder("kill", "-STOP", pid).start();
                Thread.sleep(Long.MAX_VALUE);
            }
            case NONSENSE -> {
                out.write("LLVM ERROR: oh no\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            case DAMAGED_ANSWER -> sendDamaged(out, 20);
            case CUT_OFF_ANSWER -> {
                sendDamaged(out, -1);
                Runtime.getRuntime().halt(0);
            }
            case WRONG_ANSWER -> Message.write(out, new Message.Load(module.bytes()));
            case MUCH_MEMORY -> Arena.global().allocate(1L << 34);
            case EXIT -> Runtime.getRuntime().halt(7);
            case CHATTER -> System.out.println("note: optimised");
        }
    }

    private static long word(long address) {
        return MemorySegment.ofAddress(address).reinterpret(8).get(ValueLayout.JAVA_LONG, 0);
    }

    /// LLVM finds out late that there is no such register.
    private static void readNoRegister(CompileOptions options) {
        try (TargetMachine target =
                        new TargetMachine(options.triple(), options.cpu(), options.features(), 1);
                Ir ir = new Ir("test")) {
            target.prepare(ir);
            long function = ir.function("f", ir.functionType(ir.i64));
            ir.at(ir.block(function, "start"));
            ir.ret(ir.intrinsic("llvm.read_register", ir.i64, ir.metadataValue("none")));
            target.object(ir);
        }
    }

    /// @param at which byte is changed, -1 for none, but the end is missing
    private static void sendDamaged(DataOutputStream out, int at) throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        JobResult result = new JobResult(new byte[1000], Map.of());
        Message.write(new DataOutputStream(bytes), new Message.Done(result));
        byte[] frame = bytes.toByteArray();
        if (at >= 0) {
            frame[at] ^= 1;
        }
        out.write(frame, 0, at < 0 ? frame.length / 2 : frame.length);
        out.flush();
    }
}
