package dev.windlass.cli.suite;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.windlass.cli.suite.WindlassProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Whole programs and test suites: language interpreters, compilers, suites of Go, Rust, Swift and Zig.
class AppsTest {
    @TempDir Path scratch;

    @TestFactory
    Stream<? extends DynamicNode> apps() {
        return Testdata.tests(
                "apps",
                folder ->
                        Testdata.sortedFiles(folder).stream()
                                .map(App::read)
                                .map(app -> DynamicTest.dynamicTest(title(app), () -> run(app))));
    }

    private static String title(App app) {
        return app.isShortened()
                ? app.name()
                        + " "
                        + String.join(" ", app.shortForm())
                        + " (-Dwindlass.long=true runs all)"
                : app.name();
    }

    private void run(App app) throws IOException, InterruptedException {
        String reason = app.reasonToSkip();
        assumeTrue(reason == null, reason);
        Path own = Files.createDirectory(scratch.resolve(app.name()));
        long start = System.nanoTime();
        app.check(app.isSocketServer() ? served(app, own) : app.process(own).run());
        System.out.printf("%s: %.1f s%n", app.name(), (System.nanoTime() - start) / 1e9);
    }

    private static Result served(App app, Path own) throws IOException, InterruptedException {
        int port = EchoClient.freePort();
        WindlassProcess server = app.process(own, "--tcplisten", "127.0.0.1:" + port);
        Process process = server.start();
        try {
            new EchoClient(port).talk();
            return server.finish(process);
        } finally {
            process.destroyForcibly();
        }
    }
}
