package dev.windlass.llvm.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.windlass.llvm.binding.LlvmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Linkers that fail are a shell's.
final class LldTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path folder;

    private void run(String shell, Duration longest) throws IOException {
        Lld.run(List.of("/bin/sh", "-c", shell), longest);
    }

    @Test
    void aLinkerThatDoesNotEndIsEnded() throws IOException {
        Path number = folder.resolve("pid");
        String shell = "echo $$ >'" + number + "'; exec sleep 1000";
        assertThatThrownBy(() -> run(shell, Duration.ofSeconds(2)))
                .isInstanceOf(LlvmException.class)
                .hasMessage("lld did not end within 2 s");
        long pid = Long.parseLong(Files.readString(number).strip());
        assertThat(ProcessHandle.of(pid)).isEmpty();
    }

    @Test
    void whatALinkerSaysIsTold() {
        assertThatThrownBy(() -> run("echo no such symbol >&2; exit 3", LONG))
                .isInstanceOf(LlvmException.class)
                .hasMessage("lld failed (3): no such symbol");
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> run("exec sleep 1000", LONG))
                .isInstanceOf(LlvmException.class)
                .hasMessage("linking was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
