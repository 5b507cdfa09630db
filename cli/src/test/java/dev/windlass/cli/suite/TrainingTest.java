package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the launcher has the JDK watch. The launcher goes on without it if it fails, so nobody would
/// see.
class TrainingTest {
    @TempDir Path folder;

    @Test
    void loadsWhatStartsNeed() throws Exception {
        Path log = folder.resolve("classes");
        Path work = Files.createDirectory(folder.resolve("work"));
        Result result =
                new WindlassProcess("--train", work.toString())
                        .withEnvironment("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log)
                        .run();
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.text()).contains("Hello, Ada!").contains("500500");
        assertThat(result.err())
                .contains("out of bounds memory access")
                .contains("hello.wasm': it is not a shared library");
        assertThat(loaded(log))
                .contains(
                        "dev.windlass.interpreter.Interpreter",
                        "dev.windlass.llvm.artifact.StoredLibrary",
                        "dev.windlass.llvm.entry.NativeFunction",
                        "dev.windlass.runtime.boundary.CFunction",
                        "jdk.internal.foreign.abi.UpcallLinker");
    }

    private static Set<String> loaded(Path log) throws Exception {
        return Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst(".*\\] ", "").replaceFirst(" .*", ""))
                .collect(Collectors.toSet());
    }
}
