package dev.windlass.cli.suite;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The built command line as a child process: what a user's shell would start.
///
/// It is started from the modules' class folders, or is the command that the system property `windlass.command` names.
/// The options of the property `windlass.test.run` follow the word `run`: they say on what engine guests run.
public final class WindlassProcess {
    /// What a finished run left behind.
    public record Result(int exit, byte[] out, String err) {
        public String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    private static final List<String> RUN_OPTIONS =
            List.of(System.getProperty("windlass.test.run", "").trim().split(" +"));

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();
    private Duration limit = Duration.ofMinutes(2);
    private @Nullable Path stdin;
    private boolean openStdin;

    public WindlassProcess(String... arguments) {
        this.arguments.addAll(List.of(arguments));
        if (arguments.length > 0 && arguments[0].equals("run") && isEngineGiven()) {
            this.arguments.addAll(1, RUN_OPTIONS);
        }
    }

    /// Whether the guests of this run of the tests run on another engine than the usual one.
    static boolean isEngineGiven() {
        return !RUN_OPTIONS.getFirst().isEmpty();
    }

    public WindlassProcess with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    public WindlassProcess withLimit(Duration limit) {
        this.limit = limit;
        return this;
    }

    /// Sets a variable of the environment.
    public WindlassProcess withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Standard input is this file; without it, it is empty.
    public WindlassProcess withStdin(Path file) {
        stdin = file;
        return this;
    }

    /// Standard input is a pipe that stays open and never has data.
    public WindlassProcess withOpenStdin() {
        openStdin = true;
        return this;
    }

    public Result run() throws IOException, InterruptedException {
        return finish(start());
    }

    public Process start() throws IOException {
        List<String> command = command();
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        if (!openStdin) {
            builder.redirectInput(stdin == null ? new File("/dev/null") : stdin.toFile());
        }
        return builder.start();
    }

    public Result finish(Process process) throws IOException, InterruptedException {
        var out = drain(process.getInputStream());
        var err = drain(process.getErrorStream());
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            String said =
                    new String(joined(out), StandardCharsets.UTF_8)
                            + new String(joined(err), StandardCharsets.UTF_8);
            throw new AssertionError("no end within " + limit + ": " + arguments + "\n" + said);
        }
        return new Result(
                process.exitValue(), joined(out), new String(joined(err), StandardCharsets.UTF_8));
    }

    private static CompletableFuture<byte[]> drain(InputStream stream) {
        CompletableFuture<byte[]> all = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try (stream) {
                        all.complete(stream.readAllBytes());
                    } catch (IOException e) {
                        all.completeExceptionally(e);
                    }
                });
        return all;
    }

    private static byte[] joined(CompletableFuture<byte[]> stream) throws InterruptedException {
        try {
            return stream.get();
        } catch (ExecutionException e) {
            throw new AssertionError("the output cannot be read", e);
        }
    }

    /// Writes the command as a script, for tools that want one program to start.
    static Path script(Path file) throws IOException {
        String quoted =
                command().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        Files.writeString(file, "#!/bin/sh\nexec " + quoted + " \"$@\"\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> command() {
        String named = System.getProperty("windlass.command");
        if (named != null) {
            return new ArrayList<>(List.of(named.split(" ")));
        }
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ArrayList<>(
                List.of(
                        java.toString(),
                        "--enable-native-access=dev.windlass.runtime,dev.windlass.wasi,dev.windlass.llvm",
                        "-p",
                        modulePath(),
                        "-m",
                        "dev.windlass.cli/dev.windlass.cli.Main"));
    }

    /// The class folder of every module of the build, and picocli.
    private static String modulePath() {
        try (Stream<Path> modules = Files.list(Testdata.projectRoot())) {
            Stream<String> classes =
                    modules.map(module -> module.resolve("target/classes"))
                            .filter(folder -> Files.exists(folder.resolve("module-info.class")))
                            .map(Path::toString);
            return Stream.concat(classes, Stream.of(picocli()))
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String picocli() {
        return Path.of(
                        CommandLine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                .toString();
    }
}
