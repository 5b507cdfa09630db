package dev.windlass.cli;

import dev.windlass.internal.Engines;
import dev.windlass.runtime.spi.ExecutionEngine;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `windlass doctor`.
@Command(
        description = "Report what this installation is and whether it works.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  windlass doctor"})
final class DoctorCommand implements Callable<Integer> {
    private final StringBuilder text = new StringBuilder();

    DoctorCommand() {}

    @Override
    public Integer call() throws IOException {
        line("windlass", Version.text());
        line(
                "java",
                System.getProperty("java.vm.version") + " in " + System.getProperty("java.home"));
        line("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        line("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        line("java heap", (Runtime.getRuntime().maxMemory() >> 20) + " MiB at most");
        line("start-up cache", startUpCache());
        Engines.all().forEach(this::engine);
        if (!Engines.names().contains("llvm")) {
            line("engine llvm", "not installed (windlass-llvm.jar is missing)");
        }
        boolean works = selfTest();
        Commands.print(text.toString());
        return works ? ExitCode.OK : ExitCode.ERROR;
    }

    private void engine(ExecutionEngine engine) {
        String obstacle = engine.obstacle();
        line(
                "engine " + engine.name(),
                obstacle == null ? engine.description() : "not available: " + obstacle);
    }

    private static String startUpCache() {
        return System.getProperty("windlass.aot", "not in use (the launcher makes it)");
    }

    private boolean selfTest() {
        try {
            line("self-test", SelfTest.run());
            return true;
        } catch (RuntimeException | Error e) {
            line("self-test", "FAILED: " + e);
            return false;
        }
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%-20s%s%n", name, value));
    }
}
