package dev.windlass.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// `fuzz/differential MINUTES [FIRST SEED]`: compares the engines on fresh modules until the time is up or they differ.
public final class DifferentialMain {
    private static final int REPORT_EVERY = 200;

    private DifferentialMain() {}

    /// Ends with 1 if there is a difference; the module and a smaller one are in the current folder then.
    public static void main(String[] args) throws IOException {
        long end = System.nanoTime() + (long) (Double.parseDouble(args[0]) * 60e9);
        long first = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        Differential differential = new Differential();
        System.out.println("seeds from " + first + ", engines " + differential.engines());
        long seed = first;
        for (; System.nanoTime() < end; seed++) {
            byte[] input = Differential.input(seed);
            // Should the process die, the seed is known.
            Files.writeString(Path.of("differential.seed"), seed + "\n");
            String difference = differential.difference(Differential.module(input));
            if (difference != null) {
                report(differential, seed, input, difference);
                System.exit(1);
            }
            if ((seed - first + 1) % REPORT_EVERY == 0) {
                System.out.println(seed - first + 1 + " modules, no difference");
            }
        }
        System.out.println(seed - first + " modules, no difference");
    }

    private static void report(
            Differential differential, long seed, byte[] input, String difference)
            throws IOException {
        System.out.println("seed " + seed + ": " + difference);
        Files.write(Path.of("difference-" + seed + ".wasm"), Differential.module(input));
        byte[] small = Differential.module(differential.shrunk(input));
        Path file = Path.of("difference-" + seed + "-small.wasm");
        Files.write(file, small);
        System.out.println("smaller: " + file + ": " + differential.difference(small));
    }
}
