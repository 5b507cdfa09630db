package dev.windlass.cli;

import dev.windlass.wasm.Module;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.text.WatPrinter;
import dev.windlass.wasm.validation.Validator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `windlass wasm2wat`.
@Command(
        description = "Translate a module from the binary format to the text format.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  windlass wasm2wat app.wasm | less", "  windlass wasm2wat app.wasm -o app.wat"})
final class Wasm2WatCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Parameters(paramLabel = "FILE", description = "a .wasm file, or - for standard input")
    String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write (default: standard output)")
    @Nullable String output;

    Wasm2WatCommand() {}

    @Override
    public Integer call() throws IOException {
        byte[] bytes = ModuleFile.read(input);
        try {
            Module module = ModuleReader.read(bytes, features.features());
            Validator.validate(module);
            String text = WatPrinter.print(module);
            OutputFile.write(output == null ? "-" : output, text.getBytes(StandardCharsets.UTF_8));
        } catch (WasmException e) {
            throw ModuleFile.rejected(input, bytes, e);
        }
        return ExitCode.OK;
    }
}
