package dev.windlass.cli;

import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.text.WatModule;
import dev.windlass.wasm.text.WatParser;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `windlass wat2wasm`.
@Command(
        description = "Translate a module from the text format to the binary format.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  windlass wat2wasm add.wat", "  windlass wat2wasm add.wat -o - | xxd"})
final class Wat2WasmCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Parameters(paramLabel = "FILE", description = "a .wat file, or - for standard input")
    String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write (default: FILE with .wasm; - is standard output)")
    @Nullable String output;

    @Option(names = "--no-check", description = "do not validate the module")
    boolean unchecked;

    Wat2WasmCommand() {}

    @Override
    public Integer call() throws IOException {
        byte[] text = ModuleFile.read(input);
        try {
            WatModule module = WatParser.parseModule(text, features.features());
            if (!unchecked) {
                module.validated(features.features());
            }
            OutputFile.write(OutputFile.name(output, input, ".wasm"), module.bytes());
        } catch (WasmException e) {
            throw ModuleFile.rejected(input, text, e);
        }
        return ExitCode.OK;
    }
}
