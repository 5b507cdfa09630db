package dev.windlass.cli;

import dev.windlass.internal.Engines;
import dev.windlass.wasm.Feature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// All commands as picocli knows them; `run` is here for its help and completion.
@Command(
        name = "windlass",
        description = "A WebAssembly runtime. 'windlass app.wasm' means 'windlass run app.wasm'.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  windlass run --dir . app.wasm --verbose input.txt",
            "  windlass app.wat",
            "  windlass run --invoke add lib.wasm 1 2",
            "  windlass validate app.wasm",
            "  windlass wast core/",
            "",
            "'windlass help COMMAND' says more about each."
        })
final class Commands implements Runnable {
    @CommandLine.Spec CommandSpec spec = CommandSpec.create();

    private Commands() {}

    static int execute(String... args) {
        return commandLine().execute(args.length == 0 ? new String[] {"help"} : args);
    }

    static CommandLine commandLine() {
        CommandLine root = new CommandLine(new Commands());
        for (Verb verb : Verb.values()) {
            add(root, verb);
        }
        root.setExecutionExceptionHandler(
                (e, command, parsed) -> Failure.report(e, command.getCommandName()));
        return root;
    }

    private static void add(CommandLine root, Verb verb) {
        switch (verb) {
            case RUN -> root.addSubcommand(verb.text(), runSpec());
            case COMPILE, EXPLORE -> addCompiling(root, verb);
            case VALIDATE -> root.addSubcommand(verb.text(), new ValidateCommand());
            case WAT2WASM -> root.addSubcommand(verb.text(), new Wat2WasmCommand());
            case WASM2WAT -> root.addSubcommand(verb.text(), new Wasm2WatCommand());
            case WAST -> root.addSubcommand(verb.text(), new WastCommand());
            case INSPECT -> root.addSubcommand(verb.text(), new InspectCommand());
            case DOCTOR -> root.addSubcommand(verb.text(), new DoctorCommand());
            case COMPLETION -> root.addSubcommand(verb.text(), new CompletionCommand());
            case HELP -> root.addSubcommand(verb.text(), new CommandLine.HelpCommand());
            case VERSION, TRAIN -> {} // not commands
        }
    }

    /// Only where windlass-llvm is installed: elsewhere the commands' classes cannot be loaded.
    private static void addCompiling(CommandLine root, Verb verb) {
        if (Engines.names().contains("llvm")) {
            root.addSubcommand(
                    verb.text(),
                    verb == Verb.COMPILE ? new CompileCommand() : new ExploreCommand());
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }

    /// `run` from its table of options.
    private static CommandSpec runSpec() {
        CommandSpec run = CommandSpec.create();
        run.usageMessage()
                .description("Run a WebAssembly program (.wasm or .wat).")
                .customSynopsis("windlass run [OPTIONS] [--] MODULE [ARGS...]")
                .footerHeading("%nExamples:%n")
                .footer(
                        "  windlass run hello.wasm",
                        "  windlass run --dir . --env HOME=/ tool.wasm --tool-option input.txt",
                        "  windlass run --dir data::/data --timeout 10s --max-memory 256M app.wasm",
                        "  windlass run --invoke add lib.wasm 1 i32:2",
                        "",
                        "Everything after MODULE belongs to the program. Its exit code is ours; a trap"
                                + " gives 134,",
                        "an unusable file 1, a wrong command line 2.",
                        "Features: "
                                + Arrays.stream(Feature.values())
                                        .map(Feature::text)
                                        .collect(Collectors.joining(" "))
                                + ".");
        for (RunOption option : RunOption.values()) {
            run.addOption(spec(option));
        }
        run.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("show this help")
                        .build());
        run.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("MODULE")
                        .index("0")
                        .type(java.nio.file.Path.class)
                        .description("a .wasm or .wat file")
                        .build());
        run.addPositional(
                PositionalParamSpec.builder()
                        .paramLabel("ARGS")
                        .index("1..*")
                        .type(String[].class)
                        .description("the program's arguments")
                        .build());
        return run;
    }

    private static OptionSpec spec(RunOption option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.text()).description(option.help());
        String parameter = option.parameter();
        return parameter == null
                ? builder.type(boolean.class).build()
                : builder.type(String[].class).arity("1").paramLabel(parameter).build();
    }

    /// Standard output for a command's own results: what cannot be written is an error.
    static void print(String text) throws IOException {
        OutputFile.write("-", text.getBytes(StandardCharsets.UTF_8));
    }
}
