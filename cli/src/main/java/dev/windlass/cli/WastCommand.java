package dev.windlass.cli;

import dev.windlass.Engine;
import dev.windlass.spec.Finding;
import dev.windlass.spec.ScriptReport;
import dev.windlass.spec.SuiteListener;
import dev.windlass.spec.SuiteReport;
import dev.windlass.spec.SuiteRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `windlass wast`.
@Command(
        description = "Run test scripts (.wast) and count their assertions.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  windlass wast core/i32.wast",
            "  windlass wast core/ legacy/",
            "  windlass wast --engine llvm -O 2 --memory-mode explicit core/"
        })
final class WastCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Parameters(
            paramLabel = "FILE|DIR",
            arity = "1..*",
            description = "scripts, and folders that are searched for *.wast")
    List<Path> paths = List.of();

    @Option(
            names = "--wordings",
            description = "also list messages that begin otherwise than the script says")
    boolean wordings;

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description =
                    "auto (the default), interpreter, or llvm, for which -O, --memory-mode and"
                            + " --test-mix are")
    String engine = "auto";

    @Mixin CodeOptions code = new CodeOptions();

    @Option(
            names = "--test-mix",
            paramLabel = "SEED",
            description = "leave half of the functions, chosen by SEED, to the interpreter")
    @Nullable Long testMix;

    WastCommand() {}

    @Override
    public Integer call() throws IOException {
        for (Path path : paths) {
            if (!Files.exists(path)) {
                throw new InputException("cannot read '" + path + "': no such file or folder");
            }
        }
        SuiteListener listener =
                new SuiteListener() {
                    @Override
                    public void finished(ScriptReport report) {
                        System.out.print(text(report));
                    }
                };
        SuiteReport report = new SuiteRunner(executing(), listener).run(paths);
        Commands.print(report.summary() + System.lineSeparator());
        return report.failed() == 0 ? ExitCode.OK : ExitCode.ERROR;
    }

    private Engine executing() {
        code.check();
        if (!engine.equals(EngineChoice.LLVM) && (code.areGiven() || testMix != null)) {
            throw new UsageException("-O, --memory-mode and --test-mix need --engine llvm");
        }
        return EngineChoice.of(
                engine, features.engine(), base -> NativeEngine.engine(base, code, testMix));
    }

    private String text(ScriptReport report) {
        StringBuilder text = new StringBuilder();
        for (Finding failure : report.failures()) {
            line(text, report.file() + ": FAILED " + failure);
        }
        Map<String, Long> reasons =
                report.skips().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Finding::text, TreeMap::new, Collectors.counting()));
        reasons.forEach((reason, count) ->
                line(text, report.file() + ": " + count + " skipped: " + reason));
        if (wordings) {
            for (Finding wording : report.wordings()) {
                line(text, report.file() + ": wording " + wording);
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append(System.lineSeparator());
    }
}
