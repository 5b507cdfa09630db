package dev.windlass.cli;

import org.jspecify.annotations.Nullable;

/// `windlass run`.
final class RunCommand {
    /// Java frames are few (guest calls do not use them); this is for host functions that call back.
    private static final long JAVA_STACK = 64L << 20;

    private RunCommand() {}

    /// @param first index of the first word after `run`
    static int execute(String[] words, int first) throws Throwable {
        RunSettings settings = RunParser.parse(words, first);
        return settings == null
                ? Commands.execute(new String[] {"help", "run"})
                : onBigStack(new ProgramRun(settings));
    }

    private static int onBigStack(ProgramRun run) throws Throwable {
        Outcome outcome = new Outcome(run);
        Thread thread = new Thread(null, outcome, "guest", JAVA_STACK);
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
