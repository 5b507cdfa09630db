package dev.windlass.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.Engine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A script whose assertions are wrong must fail: a runner that passes too much proves nothing.
final class StrictnessTest {
    private static final String MODULE =
            """
            (module $m
              (tag $e)
              (memory 1)
              (func (export "one") (result i32) (i32.const 1))
              (func (export "two") (result i32 i32) (i32.const 1) (i32.const 2))
              (func (export "trap") (unreachable))
              (func (export "load") (drop (i32.load (i32.const -1))))
              (func (export "throw") (throw $e))
              (func $deep (export "deep") (call $deep))
              (global (export "global") i32 (i32.const 3)))
            """;

    private static ScriptReport run(String script) {
        return new ScriptRun(Engine.create(), Path.of("test.wast"))
                .run(script.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(assert_return (invoke \"one\") (i32.const 2))",
                "(assert_return (invoke \"one\") (i64.const 1))",
                "(assert_return (invoke \"one\"))",
                "(assert_return (invoke \"two\") (i32.const 1))",
                "(assert_return (invoke \"two\") (i32.const 2) (i32.const 1))",
                "(assert_return (invoke \"trap\"))",
                "(assert_return (invoke \"throw\"))",
                "(assert_return (invoke \"missing\"))",
                "(assert_return (invoke $other \"one\") (i32.const 1))",
                "(assert_return (invoke \"one\" (i32.const 1)) (i32.const 1))",
                "(assert_return (get \"one\") (i32.const 1))",
                "(assert_return (get \"global\") (i32.const 4))",
                "(assert_trap (invoke \"one\") \"unreachable\")",
                "(assert_trap (invoke \"trap\") \"out of bounds memory access\")",
                "(assert_trap (invoke \"load\") \"unreachable\")",
                "(assert_trap (invoke \"trap\") \"some other text\")",
                "(assert_trap (invoke \"deep\") \"unreachable\")",
                "(assert_trap (invoke \"throw\") \"unreachable\")",
                "(assert_exhaustion (invoke \"trap\") \"call stack exhausted\")",
                "(assert_exception (invoke \"one\"))",
                "(assert_exception (invoke \"trap\"))",
                "(assert_trap (module (func)) \"unreachable\")",
                "(assert_malformed (module quote \"(func)\") \"unexpected token\")",
                "(assert_malformed (module quote \"(func drop)\") \"type mismatch\")",
                "(assert_malformed (module binary \"\\00asm\\01\\00\\00\\00\") \"unexpected end\")",
                "(assert_invalid (module) \"type mismatch\")",
                "(assert_invalid (module quote \"(func\") \"type mismatch\")",
                "(assert_invalid (module binary \"\") \"unexpected end\")",
                "(assert_unlinkable (module) \"unknown import\")",
                "(assert_unlinkable (module (func $f unreachable) (start $f)) \"unknown import\")",
                "(assert_malformed_custom (module quote \"(@custom \\\"a\\\")\") \"missing\")",
                "(invoke \"trap\")",
                "(module (import \"nowhere\" \"f\" (func)))",
                "(module (func drop))",
                "(register \"r\" $nobody) (module (import \"r\" \"f\" (func)))",
                "(wait $nobody)",
                "(module instance $i $nobody)",
                "(thread $t (assert_return (invoke \"one\") (i32.const 1))) (wait $t)",
            })
    void failsWhereAnAssertionIsWrong(String command) {
        ScriptReport report = run(MODULE + command);
        assertThat(report.failed()).as(report.toString()).isEqualTo(1);
        assertThat(report.passed()).isZero();
        assertThat(report.skipped()).isZero();
        assertThat(report.failures().getFirst().line()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(module", "(what)", "(assert_return)", "\u0000", "(invoke \"f\" (i32))"})
    void failsWhereTheScriptItselfIsWrong(String script) {
        assertThat(run(script).failed()).isEqualTo(1);
    }

    @Test
    void goesOnAfterAFailure() {
        ScriptReport report =
                run(
                        MODULE
                                + """
                                (assert_return (invoke "one") (i32.const 2))
                                (assert_return (invoke "one") (i32.const 1))
                                (module (func drop))
                                (assert_return (invoke "one") (i32.const 1))
                                (assert_return (invoke $m "one") (i32.const 1))
                                """);
        assertThat(report.passed()).isEqualTo(2);
        assertThat(report.failures()).extracting(Finding::line).containsExactly(11, 13, 14);
    }

    @Test
    void skipsWhatDependsOnAModuleThatIsNotSupported() {
        ScriptReport report =
                run(
                        """
                        (module $gc
                          (type $s (struct))
                          (func (export "f") (drop (struct.new $s))))
                        (assert_return (invoke "f"))
                        (assert_trap (invoke $gc "f") "unreachable")
                        (register "gc" $gc)
                        (module (import "gc" "f" (func $f)) (func (export "g") (call $f)))
                        (assert_return (invoke "g"))
                        (module (func (export "f")))
                        (assert_return (invoke "f"))
                        """);
        assertThat(report.failures()).isEmpty();
        assertThat(report.skips()).extracting(Finding::line).containsExactly(4, 5, 8);
        assertThat(report.passed()).isEqualTo(1);
    }

    @Test
    void notesAnotherWordingWithoutFailing() {
        ScriptReport report =
                run("(assert_malformed (module quote \"(func foo)\") \"something else\")");
        assertThat(report.passed()).isEqualTo(1);
        assertThat(report.wordings()).hasSize(1);
    }
}
