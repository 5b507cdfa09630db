package dev.windlass.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A process of [DifferentialMain]. Arguments: the first seed, the one after the last, how many milliseconds there are.
/// Tells each seed before its module is run, and what was executed at the end.
public final class DifferentialWorker {
    private static final boolean SHRINKS =
            !"false".equals(System.getProperty("windlass.fuzz.shrink"));

    static final String SEED = "seed ";
    static final String COVERAGE = "coverage ";

    private final Differential differential = new Differential();
    private final long after;
    private final long end;

    private DifferentialWorker(long after, long millis) {
        this.after = after;
        end = System.nanoTime() + millis * 1_000_000;
    }

    /// Ends with 1 if there is a difference.
    public static void main(String[] args) {
        DifferentialWorker worker =
                new DifferentialWorker(Long.parseLong(args[1]), Long.parseLong(args[2]));
        boolean agree = Differential.onLargeStack(() -> worker.run(Long.parseLong(args[0])));
        System.exit(agree ? 0 : 1);
    }

    private boolean run(long first) {
        for (long seed = first; seed < after && System.nanoTime() < end; seed++) {
            System.out.println(SEED + seed);
            byte[] input = Differential.input(seed);
            int which = Math.floorMod(seed, differential.engines());
            String difference = difference(input, which);
            if (difference != null) {
                report(seed, which, input, difference);
                return false;
            }
        }
        System.out.println(COVERAGE + differential.coverage().encoded());
        return true;
    }

    private @Nullable String difference(byte[] input, int which) {
        try {
            return differential.difference(new DifferentialModule(input), which);
        } catch (RuntimeException | Error e) {
            return differential.engineName(which) + " failed: " + e;
        }
    }

    private void report(long seed, int which, byte[] input, String difference) {
        System.out.println("module of seed " + seed + ", " + difference);
        write(Path.of("difference-" + seed + ".wasm"), input);
        if (!SHRINKS) {
            return;
        }
        byte[] small =
                Differential.shrunk(input, candidate -> difference(candidate, which) != null);
        Path file = Path.of("difference-" + seed + "-small.wasm");
        write(file, small);
        System.out.println("smaller: " + file + ": " + difference(small, which));
    }

    private static void write(Path file, byte[] input) {
        try {
            Files.write(file, Differential.module(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
