package dev.windlass.cli;

import dev.windlass.internal.Modules;
import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.explore.Explorer;
import dev.windlass.llvm.explore.Listing;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `windlass explore`.
@Command(
        description = "Show a function as WebAssembly, as LLVM's code and as machine code.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  windlass explore app.wasm main",
            "  windlass explore -O2 app.wasm 17 | less -S",
            "  windlass explore --sections --memory-mode explicit app.wat sum",
            "",
            "Lines beside each other stand for the same WebAssembly instruction, whose offset in the",
            "module is in front. 'windlass inspect' lists exports, 'windlass wasm2wat' names."
        })
final class ExploreCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Mixin TargetOptions target = new TargetOptions();

    @Parameters(index = "0", paramLabel = "MODULE", description = "a .wasm or .wat file")
    String input = "";

    @Parameters(
            index = "1",
            paramLabel = "FUNCTION",
            description = "a function's name, the name of an export, or a number")
    String function = "";

    @Option(
            names = "--sections",
            description = "show one form after the other, each in its own order")
    boolean sections;

    ExploreCommand() {}

    @Override
    public Integer call() throws IOException {
        Module module = Modules.module(ModuleFile.load(features.engine(), input));
        int index =
                Explorer.find(module, function)
                        .orElseThrow(() ->
                                new InputException(
                                        "'" + input + "' has no function '" + function + "'"));
        if (index < module.importedCount(ExternKind.FUNC)) {
            throw new InputException("the function '" + function + "' is imported: it has no code");
        }
        CompileOptions options = target.options();
        try {
            List<Listing> listings = new Explorer(module, options).listings(index);
            Commands.print(sections ? Listings.inTurn(listings) : Listings.beside(listings));
        } catch (LlvmException e) {
            throw new InputException("cannot compile '" + function + "': " + e.getMessage());
        }
        return ExitCode.OK;
    }
}
