package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One program of the WASI suite with what its description says; a program without one is run bare.
record WasiProgram(Path module, Map<String, Object> description) {
    static WasiProgram read(Path module) {
        Path beside = module.resolveSibling(name(module) + ".json");
        return new WasiProgram(module, Files.exists(beside) ? Testdata.json(beside) : Map.of());
    }

    private static String name(Path module) {
        return module.getFileName().toString().replaceFirst("\\.wasm$", "");
    }

    String name() {
        return name(module);
    }

    /// Runs it on fresh copies of its folders; standard input stays open, as some programs wait for it for ever.
    Result run(Path scratch) throws IOException, InterruptedException {
        WindlassProcess process =
                new WindlassProcess("run").withOpenStdin().withLimit(Duration.ofSeconds(60));
        if (description.get("env") instanceof Map<?, ?> env) {
            env.forEach((key, value) -> process.with("--env", key + "=" + value));
        }
        if (description.get("root") instanceof String root) {
            process.with("--dir", copy(root, scratch) + "::/");
        }
        for (String dir : texts("dirs")) {
            process.with("--dir", copy(dir, scratch) + "::" + dir);
        }
        return process.with(module.toString()).with(texts("args").toArray(new String[0])).run();
    }

    private Path copy(String folder, Path scratch) throws IOException {
        Path copy = scratch.resolve(folder);
        Testdata.copyWritable(module.resolveSibling(folder), copy);
        return copy;
    }

    void check(Result result) {
        assertThat(result.exit())
                .as("exit code; %s%s", result.text(), result.err())
                .isEqualTo(description.getOrDefault("exit_code", 0));
        if (description.get("stdout") instanceof String expected) {
            assertThat(result.text()).isEqualTo(expected);
        }
        if (description.get("stderr") instanceof String expected) {
            assertThat(result.err()).isEqualTo(expected);
        }
    }

    private List<String> texts(String key) {
        return description.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
