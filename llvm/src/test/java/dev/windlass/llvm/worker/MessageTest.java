package dev.windlass.llvm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MessageTest {
    private static final CompileOptions OPTIONS =
            new CompileOptions(
                    2,
                    MemoryMode.GUARD,
                    "x86_64-unknown-linux-gnu",
                    "x86-64-v3",
                    "+fma",
                    1,
                    true,
                    true,
                    f -> false);

    private static byte[] written(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Message.write(new DataOutputStream(bytes), message);
        return bytes.toByteArray();
    }

    private static Message read(byte[] bytes) throws IOException {
        return Message.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    @Test
    void carriesEveryJob() throws IOException {
        for (Job job :
                new Job[] {
                    new Job.Functions(3, 9, Map.of(4, "why not", 7, ""), Output.OBJECT),
                    new Job.Support(),
                    new Job.Table(Set.of(1, 100_000))
                }) {
            Message.Work work = (Message.Work) read(written(new Message.Work(OPTIONS, job)));
            assertThat(work.job()).isEqualTo(job);
            assertThat(work.options())
                    .usingRecursiveComparison()
                    .ignoringFields("interpreted")
                    .isEqualTo(OPTIONS);
        }
    }

    @Test
    void carriesAnswers() throws IOException {
        assertThat(read(written(new Message.Hello("20.1.7"))))
                .isEqualTo(new Message.Hello("20.1.7"));
        assertThat(read(written(new Message.Failed("naïve"))))
                .isEqualTo(new Message.Failed("naïve"));
        JobResult result = new JobResult(new byte[] {1, 2, 3}, Map.of(5, "too large"));
        Message.Done done = (Message.Done) read(written(new Message.Done(result)));
        assertThat(done.result().bytes()).isEqualTo(result.bytes());
        assertThat(done.result().interpreted()).isEqualTo(result.interpreted());
    }

    @Test
    void noticesEveryChangedByteAndEveryEnd() throws IOException {
        byte[] good = written(new Message.Done(new JobResult(new byte[40], Map.of(5, "x"))));
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 0x41;
            assertThatThrownBy(() -> read(bad)).isInstanceOf(IOException.class);
            byte[] shorter = java.util.Arrays.copyOf(good, i);
            assertThatThrownBy(() -> read(shorter)).isInstanceOf(IOException.class);
        }
    }

    /// Frames whose checksum is right may still hold anything.
    @Test
    void refusesContentThatIsNoMessage() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] content = new byte[random.nextInt(60)];
            random.nextBytes(content);
            if (content.length > 0 && random.nextBoolean()) {
                content[0] = (byte) "HLWDF".charAt(random.nextInt(5));
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Frame.write(new DataOutputStream(bytes), content);
            try {
                read(bytes.toByteArray());
            } catch (IOException e) {
                assertThat(e).isNotNull(); // anything else would be a fault
            }
        }
    }
}
