package dev.windlass.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Functions whose native frames would be enormous: their recursion ends in a trap on any engine.
final class LargeFrameTest {
    private static final int LOCALS = 9_000;

    @TempDir Path folder;

    @Test
    void endsInATrapOnLlvm() throws IOException {
        try {
            check(Engine.create().withExecution("llvm"));
        } catch (IllegalStateException e) {
            Assumptions.abort("LLVM cannot be used here: " + e.getMessage());
        }
    }

    @Test
    void endsInATrapOnTheInterpreter() throws IOException {
        check(Engine.create().withExecution("interpreter"));
    }

    private void check(Engine engine) throws IOException {
        Path script = folder.resolve("large.wast");
        Files.writeString(script, script());
        ScriptReport report = new SuiteRunner(engine, new SuiteListener() {}).run(script);
        assertThat(report.failures()).isEmpty();
        assertThat(report.passed()).isEqualTo(2);
    }

    /// A function that keeps a great many locals over a call of itself.
    private static String script() {
        StringBuilder text =
                new StringBuilder("(module (func $f (export \"f\") (param i64 i32) (result i64)");
        text.append(" (local").append(" i64".repeat(LOCALS)).append(")\n");
        for (int i = 0; i < LOCALS; i++) {
            text.append("(local.set ").append(i + 2).append(" (i64.mul (local.get 0) (i64.const ");
            text.append(2 * i + 3).append(")))\n");
        }
        text.append("(if (local.get 1) (then (local.set 0 (call $f (local.get 0) (i32.sub");
        text.append(" (local.get 1) (i32.const 1))))))\n(local.get 0)\n");
        for (int i = 0; i < LOCALS; i++) {
            text.append("(i64.xor (local.get ").append(i + 2).append("))\n");
        }
        text.append(
                "))\n(assert_return (invoke \"f\" (i64.const 0) (i32.const 3)) (i64.const 0))\n");
        text.append(
                "(assert_exhaustion (invoke \"f\" (i64.const 1) (i32.const -1)) \"call stack exhausted\")\n");
        return text.toString();
    }
}
