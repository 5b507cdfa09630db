package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Guests that mean harm get a trap, an error number or a time-out, and a message of ours; never a trace of Java.
class HostileGuestTest {
    private static final int TRAP = 134;
    private static final int FAULT = 21;
    private static final String EXIT =
            "(import \"wasi_snapshot_preview1\" \"proc_exit\" (func $exit (param i32)))";

    @TempDir Path scratch;

    private Result run(String module, String... options) throws IOException, InterruptedException {
        Path file = Files.writeString(scratch.resolve("guest.wat"), "(module " + module + ")");
        Result result =
                new WindlassProcess("run")
                        .with(options)
                        .with(file.toString())
                        .withOpenStdin()
                        .withLimit(Duration.ofSeconds(60))
                        .run();
        assertThat(result.err()).doesNotContain("\tat ", "Exception in thread", "java.lang");
        assertThat(result.out()).isEmpty();
        return result;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(func $f (export \"_start\") (call $f))",
                "(func $f (export \"_start\") (call $g)) (func $g (local i64 v128) (call $f))",
                "(table funcref (elem $f)) (func $f (export \"_start\") (call_indirect (i32.const 0)))",
                "(func $f (param i64) (result i64) (i64.add (i64.const 1) (call $f (local.get 0))))"
                        + "(func (export \"_start\") (drop (call $f (i64.const 0))))",
            })
    void recursionWithoutEndTraps(String module) throws Exception {
        Result result = run(module);
        assertThat(result.err()).contains("call stack exhausted");
        assertThat(result.exit()).isEqualTo(TRAP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(func (export \"_start\") (loop (br 0)))",
                "(func (export \"_start\") (loop $a (loop $b (br_if $b (i32.const 0)) (br $a))))",
                "(func $f (export \"_start\") (return_call $f))",
                // Waits for ever on an address that nobody notifies.
                "(memory 1 1 shared) (func (export \"_start\")"
                        + "(drop (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const -1))))",
                // Reads standard input, which stays open and empty.
                "(import \"wasi_snapshot_preview1\" \"fd_read\" (func $read (param i32 i32 i32 i32) (result i32)))"
                        + "(memory (export \"memory\") 1) (data (i32.const 0) \"\\10\\00\\00\\00\\10\\00\\00\\00\")"
                        + "(func (export \"_start\")"
                        + "(drop (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8))))",
                // Polls for an hour: one subscription to the monotonic clock.
                "(import \"wasi_snapshot_preview1\" \"poll_oneoff\" (func $poll (param i32 i32 i32 i32) (result i32)))"
                        + "(memory (export \"memory\") 1) (func (export \"_start\")"
                        + "(i32.store (i32.const 16) (i32.const 1))"
                        + "(i64.store (i32.const 24) (i64.const 3600000000000))"
                        + "(drop (call $poll (i32.const 0) (i32.const 64) (i32.const 1) (i32.const 128))))",
            })
    void theTimeLimitEndsWhatDoesNotEnd(String module) throws Exception {
        Result result = run(module, "--timeout", "1s");
        assertThat(result.err()).contains("time limit").doesNotContain("did not stop by itself");
        assertThat(result.exit()).isEqualTo(TRAP);
    }

    @Test
    void fuelEndsALoop() throws Exception {
        Result result = run("(func (export \"_start\") (loop (br 0)))", "--fuel", "100000");
        assertThat(result.err()).contains("fuel");
        assertThat(result.exit()).isEqualTo(TRAP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(memory $m 1) (func $grow (result i32) (memory.grow (i32.const 16)))",
                "(memory $m i64 1) (func $grow (result i32) (i32.wrap_i64 (memory.grow (i64.const 16))))",
                "(table $t 1 externref) (func $grow (result i32) (table.grow (ref.null extern) (i32.const 10000)))",
            })
    void growthEndsAtTheLimit(String module) throws Exception {
        String untilRefused =
                "(func (export \"_start\") (loop $more (br_if $more (i32.ne (call $grow) (i32.const -1))))"
                        + "(call $exit (i32.const 7)))";
        assertThat(run(EXIT + module + untilRefused, "--max-memory", "64M").exit()).isEqualTo(7);
    }

    @Test
    void aMemoryBeyondTheLimitIsRefusedAtTheStart() throws Exception {
        Result result = run("(memory 65536) (func (export \"_start\"))", "--max-memory", "64M");
        assertThat(result.exit()).isNotZero();
        assertThat(result.err()).isNotEmpty();
    }

    /// Each call passes an address outside the memory; the guest exits with the first answer that is not EFAULT.
    @Test
    void hostilePointersGetAnErrorNumber() throws Exception {
        String calls =
                """
                (call $check (call $random_get (i32.const -16) (i32.const 32)))
                (call $check (call $random_get (i32.const 0xFFFF) (i32.const -1)))
                (call $check (call $clock_time_get (i32.const 1) (i64.const 1) (i32.const -4)))
                (call $check (call $args_sizes_get (i32.const -1) (i32.const 0)))
                (call $check (call $fd_write (i32.const 1) (i32.const -8) (i32.const 1) (i32.const 0)))
                (call $check (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64)))
                (call $check (call $fd_write (i32.const 1) (i32.const 0) (i32.const 0x10000001) (i32.const 64)))
                (call $exit (i32.const 0))
                """;
        assertThat(run(WASI_CALLS + "(func (export \"_start\") " + calls + ")").exit()).isZero();
    }

    private static final String WASI_CALLS =
            EXIT
                    + """
                    (import "wasi_snapshot_preview1" "random_get" (func $random_get (param i32 i32) (result i32)))
                    (import "wasi_snapshot_preview1" "clock_time_get" (func $clock_time_get (param i32 i64 i32) (result i32)))
                    (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes_get (param i32 i32) (result i32)))
                    (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
                    (memory (export "memory") 1)
                    ;; a buffer of 4 GiB - 1 bytes at 65,520
                    (data (i32.const 0) "\\f0\\ff\\00\\00\\ff\\ff\\ff\\ff")
                    (func $check (param $errno i32)
                      (if (i32.ne (local.get $errno) (i32.const %d))
                        (then (call $exit (i32.add (i32.const 100) (local.get $errno))))))
                    """
                            .formatted(FAULT);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "(module (func (unreachable",
                "\0asm",
                "\0asm\1\0\0\0\1",
                "#!/bin/sh\n"
            })
    void whatIsNoModuleGetsOneMessage(String content) throws Exception {
        Path file = Files.writeString(scratch.resolve("bad.wasm"), content);
        Result result = new WindlassProcess("run", file.toString()).run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("windlass: ").doesNotContain("\tat ", "Exception");
    }
}
