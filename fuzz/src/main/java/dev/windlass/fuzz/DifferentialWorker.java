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

    /// Of so many modules on one engine the last is Binaryen's.
    private static final int ROUND = 8;

    private final Differential differential = new Differential();
    private final @Nullable TranslateToFuzz foreign = TranslateToFuzz.find();
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
            Generator generator = generator(seed);
            String difference = difference(generator, input, which);
            if (difference != null) {
                report(seed, which, generator, input, difference);
                return false;
            }
        }
        System.out.println(COVERAGE + differential.coverage().encoded());
        return true;
    }

    /// Makes modules of bytes.
    private sealed interface Generator {
        record Own() implements Generator {}

        record Foreign(TranslateToFuzz program) implements Generator {}
    }

    private Generator generator(long seed) {
        long round = Math.floorDiv(seed, differential.engines());
        return foreign != null && Math.floorMod(round, ROUND) == ROUND - 1
                ? new Generator.Foreign(foreign)
                : new Generator.Own();
    }

    private @Nullable String difference(Generator generator, byte[] input, int which) {
        try {
            return switch (generator) {
                case Generator.Own() ->
                        differential.difference(new DifferentialModule(input), which);
                case Generator.Foreign(var program) ->
                        differential.difference(program.module(input), which);
            };
        } catch (RuntimeException | Error e) {
            return differential.engineName(which) + " failed: " + e;
        }
    }

    private void report(
            long seed, int which, Generator generator, byte[] input, String difference) {
        System.out.println("module of seed " + seed + ", " + difference);
        write(Path.of("difference-" + seed + ".wasm"), module(generator, input));
        if (!SHRINKS) {
            return;
        }
        byte[] small =
                Differential.shrunk(
                        input, candidate -> difference(generator, candidate, which) != null);
        Path file = Path.of("difference-" + seed + "-small.wasm");
        write(file, module(generator, small));
        System.out.println("smaller: " + file + ": " + difference(generator, small, which));
    }

    private static byte[] module(Generator generator, byte[] input) {
        return switch (generator) {
            case Generator.Own() -> Differential.module(input);
            case Generator.Foreign(var program) -> program.module(input);
        };
    }

    private static void write(Path file, byte[] module) {
        try {
            Files.write(file, module);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
