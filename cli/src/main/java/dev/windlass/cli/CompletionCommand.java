package dev.windlass.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/// `windlass completion`.
@Command(
        description = "Print a completion script for bash and zsh.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(windlass completion)",
            "  windlass completion > ~/.local/share/bash-completion/completions/windlass"
        })
final class CompletionCommand implements Callable<Integer> {
    CompletionCommand() {}

    @Override
    public Integer call() throws IOException {
        Commands.print(AutoComplete.bash("windlass", Commands.commandLine()));
        return ExitCode.OK;
    }
}
