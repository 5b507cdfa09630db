package dev.windlass.cli;

import java.nio.file.Path;

/// Where the command starts. `run` is parsed and started without picocli, whose start-up would be
/// noticed; everything else is a picocli command.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    private static int execute(String[] args) {
        try {
            Verb verb = args.length == 0 ? Verb.HELP : Verb.of(args[0]);
            return switch (verb) {
                case RUN -> RunCommand.execute(args, args[0].equals("run") ? 1 : 0);
                case HELP,
                        VERSION,
                        COMPILE,
                        EXPLORE,
                        VALIDATE,
                        WAT2WASM,
                        WASM2WAT,
                        WAST,
                        INSPECT,
                        DOCTOR,
                        COMPLETION ->
                        Commands.execute(args);
                case TRAIN -> Training.run(Path.of(args[1]));
            };
        } catch (Throwable e) {
            return Failure.report(e);
        }
    }
}
