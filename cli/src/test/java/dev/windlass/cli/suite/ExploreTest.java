package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `explore` as a user meets it.
class ExploreTest {
    @TempDir Path folder;
    private String module = "";

    @BeforeEach
    void write() throws Exception {
        module =
                Files.writeString(
                                folder.resolve("m.wat"),
                                """
                                (module
                                  (import "env" "log" (func $log (param i32)))
                                  (memory 1)
                                  (func $sum (export "add it up") (param $p i32) (result i32)
                                    (i32.add (i32.load (local.get $p)) (i32.load offset=4 (local.get $p))))
                                  (func (param i32) (call $log (local.get 0))))
                                """)
                        .toString();
    }

    private Result explore(String... words) throws Exception {
        return new WindlassProcess("explore").with(words).run();
    }

    @Test
    void showsTheThreeFormsOfAnInstructionBesideEachOther() throws Exception {
        Result result = explore(module, "sum", "--target", "x86_64-linux", "--memory-mode=guard");
        assertThat(result.err()).isEmpty();
        assertThat(result.text())
                .containsPattern("WebAssembly +LLVM's code, .* -O1 +machine code for ")
                .containsPattern("0x000041 +i32.load +%\\d+ = .* movl ")
                .containsPattern("0x000046 +i32.load offset=4 +%\\d+ = .* addl 4\\(")
                .containsPattern("ret i32 %\\d+")
                .containsPattern(" retq");
    }

    @Test
    void showsOneFormAfterTheOther() throws Exception {
        Result result = explore("--sections", "-O2", "--target=aarch64-linux", module, "1");
        assertThat(result.text())
                .containsSubsequence(
                        "== WebAssembly\n",
                        "i32.load offset=4\n",
                        "== LLVM's code, after the passes of -O2\n",
                        "define hidden i32 @w.1.sum(",
                        "== machine code for generic\n",
                        "ldr w");
    }

    @Test
    void findsFunctionsByNameExportOrNumber() throws Exception {
        String byName = explore(module, "sum").text();
        assertThat(explore(module, "add it up").text()).isEqualTo(byName);
        assertThat(explore(module, "1").text()).isEqualTo(byName);
        assertThat(explore(module, "2").text()).contains("call $log");
    }

    @Test
    void saysWhatItCannotShow() throws Exception {
        assertThat(explore(module, "nobody").err())
                .isEqualTo("windlass: '" + module + "' has no function 'nobody'\n");
        assertThat(explore(module, "3").exit()).isEqualTo(1);
        assertThat(explore(module, "99999999999").exit()).isEqualTo(1);
        assertThat(explore(module, "log").err()).contains("is imported: it has no code");
        assertThat(explore(module).exit()).isEqualTo(2);
    }
}
