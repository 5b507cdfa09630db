package dev.windlass.cli;

import dev.windlass.GuestException;
import dev.windlass.LinkException;
import dev.windlass.Trap;
import dev.windlass.UnsupportedModuleException;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns what went wrong into a message on standard error and an exit code.
final class Failure {
    private static final int SHOWN_FRAMES = 50;

    private Failure() {}

    static int report(Throwable e) {
        return report(e, Verb.RUN.text());
    }

    /// @param command whose help may help
    static int report(Throwable e, String command) {
        if (System.getenv("WINDLASS_DEBUG") != null) {
            e.printStackTrace();
        }
        return switch (e) {
            case Trap t -> trap(t);
            case GuestException g ->
                    say("uncaught WebAssembly exception " + g.tag().type(), ExitCode.TRAP);
            case UsageException u ->
                    say(
                            u.getMessage() + "\nTry 'windlass " + command + " --help'.",
                            ExitCode.USAGE);
            case InputException i -> say(i.getMessage(), ExitCode.ERROR);
            case LinkException l -> say(l.getMessage(), ExitCode.ERROR);
            case UnsupportedModuleException u -> say(u.getMessage(), ExitCode.ERROR);
            case IOException io when isBrokenPipe(io) -> ExitCode.BROKEN_PIPE;
            case IOException io -> say(io.getMessage(), ExitCode.ERROR);
            case OutOfMemoryError o -> say(outOfMemory(), ExitCode.ERROR);
            default -> say(internal(e), ExitCode.ERROR);
        };
    }

    /// Whoever read our output has seen enough.
    private static boolean isBrokenPipe(IOException e) {
        return String.valueOf(e.getMessage()).contains("Broken pipe");
    }

    private static int say(@Nullable String message, int code) {
        System.err.println("windlass: " + message);
        return code;
    }

    private static int trap(Trap trap) {
        StringBuilder text = new StringBuilder("windlass: trap: ").append(trap.getMessage());
        List<Trap.Frame> frames = trap.frames();
        int shown = Math.min(frames.size(), SHOWN_FRAMES);
        for (int i = 0; i < shown; i++) {
            text.append(System.lineSeparator()).append("    at ").append(frames.get(i));
        }
        if (shown < frames.size()) {
            text.append(System.lineSeparator())
                    .append("    ... ")
                    .append(frames.size() - shown)
                    .append(" more");
        }
        System.err.println(text);
        return ExitCode.TRAP;
    }

    private static String outOfMemory() {
        return "out of memory: the Java heap is used up; allow more with"
                + " WINDLASS_JAVA_OPTIONS=-Xmx4g";
    }

    private static String internal(Throwable e) {
        return "internal error: "
                + e
                + "; please report it with the output of the same command under WINDLASS_DEBUG=1";
    }
}
