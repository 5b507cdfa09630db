package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A signal from the terminal or a supervisor ends a program as it ends any other, whatever the program does.
@EnabledOnOs({OS.LINUX, OS.MAC})
class SignalTest {
    private static final String GUEST =
            """
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (data (i32.const 16) "\\20\\00\\00\\00\\06\\00\\00\\00")
              (data (i32.const 32) "ready\\n")
              (func (export "_start")
                (drop (call $write (i32.const 1) (i32.const 16) (i32.const 1) (i32.const 0)))
            """;

    @TempDir Path scratch;

    @ParameterizedTest
    @CsvSource({
        "INT,  130, (loop (br 0))",
        "TERM, 143, (loop (br 0))",
        "INT,  130, (drop (call $read (i32.const 0) (i32.const 16) (i32.const 1) (i32.const 0)))",
    })
    void endsTheProgram(String signal, int exit, String body) throws Exception {
        assumeFalse(
                signal.equals("INT") && isInterruptIgnored(),
                "the tests were started with SIGINT ignored, and so are their children");
        Path file = Files.writeString(scratch.resolve("guest.wat"), GUEST + body + "))");
        WindlassProcess windlass = new WindlassProcess("run", file.toString()).withOpenStdin();
        Process process = windlass.start();
        try {
            assertThat(process.getInputStream().readNBytes(6)).asString().isEqualTo("ready\n");
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            Result result = windlass.finish(process);
            assertThat(result.exit()).isEqualTo(exit);
            assertThat(result.err()).isEmpty();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isInterruptIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }
}
