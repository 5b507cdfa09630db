package dev.windlass.cli.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One program of the test data as its `run.json` describes it: how it is run, and what a right run gives.
record App(String name, Path folder, Map<String, Object> run) {
    private static final String SHORT = "-test.short";

    /// Suites that take half a minute and more as native code, but have a short form: its arguments. That
    /// of `math/big` keeps five tests that try random numbers for most of its time, so it leaves them out.
    private static final Map<String, List<String>> SHORT_FORM =
            Map.of(
                    "go-compress-flate",
                    List.of(SHORT),
                    "go-math-big",
                    List.of(SHORT, "-test.skip=^Test(AddVV|SubVV|MulAddVWW|AddMulVVWW|NatDiv)$"),
                    "go-regexp",
                    List.of(SHORT),
                    "go-strings",
                    List.of(SHORT));

    /// Whether everything runs in full, however long it takes: `-Dwindlass.long=true`.
    static final boolean LONG = Boolean.getBoolean("windlass.long");

    static App read(Path folder) {
        return new App(
                folder.getFileName().toString(), folder, Testdata.json(folder.resolve("run.json")));
    }

    /// A module with more bytes takes long to compile.
    private static final long LARGE = 1_000_000;

    /// Why this run of the tests leaves the program out, or null.
    @Nullable String reasonToSkip() throws IOException, InterruptedException {
        boolean isCompiled = WindlassProcess.isEngineGiven() && !LONG;
        return isCompiled && Files.size(module()) > LARGE
                ? "takes long to compile: -Dwindlass.long=true does it"
                : null;
    }

    private Path module() throws IOException, InterruptedException {
        return Testdata.unpacked(folder, String.valueOf(run.get("wasm")));
    }

    boolean isSocketServer() {
        return texts("needs").contains("sockets");
    }

    boolean isShortened() {
        return SHORT_FORM.containsKey(name) && !LONG;
    }

    /// What a shortened run adds to the arguments.
    List<String> shortForm() {
        return isShortened() ? SHORT_FORM.getOrDefault(name, List.of()) : List.of();
    }

    /// `windlass run` with all that the program needs; `@tmp` becomes an empty folder below `scratch`.
    WindlassProcess process(Path scratch, String... options)
            throws IOException, InterruptedException {
        WindlassProcess process =
                new WindlassProcess("run")
                        .with(options)
                        .withLimit(Duration.ofMinutes(LONG ? 60 : 10));
        pairs("env").forEach((key, value) -> process.with("--env", key + "=" + value));
        for (var dir : pairs("dirs").entrySet()) {
            Path host =
                    dir.getValue().equals("@tmp")
                            ? emptyFolder(scratch, dir.getKey())
                            : folder.resolve(dir.getValue());
            process.with("--dir", host + "::" + dir.getKey());
        }
        process.with(module().toString());
        process.with(texts("args").toArray(new String[0]));
        process.with(shortForm().toArray(new String[0]));
        return run.get("stdin") instanceof String file
                ? process.withStdin(folder.resolve(file))
                : process;
    }

    private static Path emptyFolder(Path scratch, String guest) throws IOException {
        return Files.createDirectories(scratch.resolve(guest.substring(1)));
    }

    void check(Result result) throws IOException {
        assertThat(result.exit()).as("exit code; %s", result.err()).isEqualTo(run.get("exit"));
        if (run.get("stdout") instanceof String expected) {
            assertThat(result.text()).isEqualTo(Files.readString(folder.resolve(expected)));
        }
        assertThat(texts("stdout_contains"))
                .allSatisfy(text -> assertThat(result.text()).contains(text));
        assertThat(texts("stderr_contains"))
                .allSatisfy(text -> assertThat(result.err()).contains(text));
        if (run.get("expect") instanceof Map<?, ?> expect) {
            checkGoTests(expect, result.text().lines().toList());
        }
    }

    /// A short run passes fewer tests; how many is not written down, so only failures are looked for.
    private void checkGoTests(Map<?, ?> expect, List<String> lines) {
        assertThat(lines).noneMatch(line -> line.strip().startsWith("--- FAIL"));
        if (isShortened()) {
            return;
        }
        assertThat(named(lines, "--- PASS: ")).hasSize(count(expect, "passed"));
        assertThat(lines.stream().filter(line -> line.strip().startsWith("--- PASS: ")))
                .hasSize(count(expect, "passed_with_subtests"));
        assertThat(named(lines, "--- SKIP: ")).isEqualTo(expect.get("skipped"));
    }

    private static int count(Map<?, ?> expect, String key) {
        return Integer.parseInt(String.valueOf(expect.get(key)));
    }

    private static List<String> named(List<String> lines, String verdict) {
        return lines.stream()
                .filter(line -> line.startsWith(verdict))
                .map(line -> line.substring(verdict.length()).split(" ", 2)[0])
                .toList();
    }

    private List<String> texts(String key) {
        return run.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // What the JSON format says: names to texts.
    private Map<String, String> pairs(String key) {
        return (Map<String, String>) run.getOrDefault(key, Map.of());
    }
}
