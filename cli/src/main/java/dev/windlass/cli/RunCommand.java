package dev.windlass.cli;

import org.jspecify.annotations.Nullable;

/// `windlass run`.
final class RunCommand {
    /// For host functions that call back, and for compiled functions, whose frames are here; what
    /// `--stack-size` asks for is added, so that compiled code can recurse as deep as interpreted.
    private static final long JAVA_STACK = 64L << 20;

    private RunCommand() {}

    /// @param first index of the first word after `run`
    static int execute(String[] words, int first) throws Throwable {
        RunSettings settings = RunParser.parse(words, first);
        return settings == null
                ? Commands.execute(new String[] {"help", "run"})
                : onBigStack(settings);
    }

    private static int onBigStack(RunSettings settings) throws Throwable {
        Outcome outcome = new Outcome(new ProgramRun(settings));
        long asked = settings.stackSize == null ? 0 : settings.stackSize;
        Thread thread = new Thread(null, outcome, "guest", JAVA_STACK + asked);
        thread.start();
        thread.join();
        return outcome.exitCode();
    }

    private static final class Outcome implements Runnable {
        private final ProgramRun run;
        private int exitCode;
        private @Nullable Throwable failure;

        Outcome(ProgramRun run) {
            this.run = run;
        }

        @Override
        public void run() {
            try {
                exitCode = run.execute();
            } catch (Throwable e) {
                failure = e;
            }
        }

        int exitCode() throws Throwable {
            if (failure != null) {
                throw failure;
            }
            return exitCode;
        }
    }
}
