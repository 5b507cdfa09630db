package dev.windlass.llvm.worker;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.CompileOptions.MemoryMode;
import dev.windlass.llvm.compile.Job;
import dev.windlass.llvm.compile.JobResult;
import dev.windlass.llvm.compile.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What the processes say to each other: the worker `Hello`, then to each `Work` either `Done` or
/// `Failed`. `Load` is not answered.
sealed interface Message {
    /// @param llvm the worker's version of it
    record Hello(String llvm) implements Message {}

    /// The module that work is about from now on.
    record Load(byte[] module) implements Message {}

    record Work(CompileOptions options, Job job) implements Message {}

    record Done(JobResult result) implements Message {}

    /// The last word of a worker: LLVM is in no state to go on.
    record Failed(String reason) implements Message {}

    static void write(DataOutputStream stream, Message message) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(content);
        switch (message) {
            case Hello(var llvm) -> {
                out.writeByte('H');
                out.writeUTF(llvm);
            }
            case Load(var module) -> {
                out.writeByte('L');
                bytes(out, module);
            }
            case Work(var options, var job) -> {
                out.writeByte('W');
                options(out, options);
                job(out, job);
            }
            case Done(JobResult(var bytes, var interpreted)) -> {
                out.writeByte('D');
                bytes(out, bytes);
                reasons(out, interpreted);
            }
            case Failed(var reason) -> {
                out.writeByte('F');
                bytes(out, reason.getBytes(StandardCharsets.UTF_8));
            }
        }
        Frame.write(stream, content.toByteArray());
    }

    /// @throws java.io.EOFException at the end of the stream
    /// @throws IOException if what comes is no message
    static Message read(DataInputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(Frame.read(stream)));
        int kind = in.readByte();
        Message message =
                switch (kind) {
                    case 'H' -> new Hello(in.readUTF());
                    case 'L' -> new Load(bytes(in));
                    case 'W' -> new Work(options(in), job(in));
                    case 'D' -> new Done(new JobResult(bytes(in), reasons(in)));
                    case 'F' -> new Failed(new String(bytes(in), StandardCharsets.UTF_8));
                    default -> throw new IOException("not a message: " + kind);
                };
        if (in.available() > 0) {
            throw new IOException("a message that is too long");
        }
        return message;
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("not the length of a part: " + length);
        }
        return in.readNBytes(length);
    }

    /// What [CompileOptions#threads] and [CompileOptions#interpreted] say is in the jobs.
    private static void options(DataOutputStream out, CompileOptions options) throws IOException {
        out.writeInt(options.level());
        out.writeUTF(options.memoryMode().name());
        out.writeUTF(options.triple());
        out.writeUTF(options.cpu());
        out.writeUTF(options.features());
        out.writeBoolean(options.isLinked());
        out.writeBoolean(options.countsFuel());
    }

    private static CompileOptions options(DataInputStream in) throws IOException {
        return new CompileOptions(
                in.readInt(),
                named(MemoryMode.class, in.readUTF()),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                1,
                in.readBoolean(),
                in.readBoolean(),
                f -> false);
    }

    private static void job(DataOutputStream out, Job job) throws IOException {
        switch (job) {
            case Job.Functions(var from, var to, var interpreted, var output) -> {
                out.writeByte('f');
                out.writeInt(from);
                out.writeInt(to);
                reasons(out, interpreted);
                out.writeUTF(output.name());
            }
            case Job.Support() -> out.writeByte('s');
            case Job.Table(var interpreted) -> {
                out.writeByte('t');
                Map<Integer, String> reasons = new TreeMap<>();
                interpreted.forEach(f -> reasons.put(f, ""));
                reasons(out, reasons);
            }
        }
    }

    private static Job job(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case 'f' ->
                    new Job.Functions(
                            in.readInt(),
                            in.readInt(),
                            reasons(in),
                            named(Output.class, in.readUTF()));
            case 's' -> new Job.Support();
            case 't' -> new Job.Table(reasons(in).keySet());
            default -> throw new IOException("not a job: " + kind);
        };
    }

    private static void reasons(DataOutputStream out, Map<Integer, String> reasons)
            throws IOException {
        out.writeInt(reasons.size());
        for (Map.Entry<Integer, String> each : reasons.entrySet()) {
            out.writeInt(each.getKey());
            out.writeUTF(each.getValue());
        }
    }

    private static Map<Integer, String> reasons(DataInputStream in) throws IOException {
        Map<Integer, String> reasons = new TreeMap<>();
        for (int i = in.readInt(); i > 0; i--) {
            reasons.put(in.readInt(), in.readUTF());
        }
        return reasons;
    }

    private static <E extends Enum<E>> E named(Class<E> type, String name) throws IOException {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("not one of its kind: " + name);
        }
    }
}
