package dev.windlass.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `windlass validate`.
@Command(
        description = "Check modules against the rules of WebAssembly; silent when all is well.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  windlass validate app.wasm lib.wat",
            "  windlass validate --disable simd app.wasm"
        })
final class ValidateCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Parameters(paramLabel = "MODULE", arity = "1..*", description = ".wasm or .wat files")
    List<String> modules = List.of();

    ValidateCommand() {}

    @Override
    public Integer call() {
        int code = ExitCode.OK;
        for (String module : modules) {
            try {
                ModuleFile.load(features.engine(), module);
            } catch (InputException e) {
                code = Failure.report(e);
            }
        }
        return code;
    }
}
