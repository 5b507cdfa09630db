package dev.windlass.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `windlass inspect`.
@Command(
        description = "Show what a module is: kind, sizes, imports, exports, custom sections.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  windlass inspect app.wasm"})
final class InspectCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Parameters(paramLabel = "MODULE", description = "a .wasm or .wat file")
    String module = "";

    InspectCommand() {}

    @Override
    public Integer call() throws IOException {
        Commands.print(ModuleReport.of(module, ModuleFile.load(features.engine(), module)));
        return ExitCode.OK;
    }
}
