package dev.windlass.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/// `fuzz/differential MINUTES [FIRST SEED]`: compares the engines on fresh modules until the time is up or they differ.
///
/// One process for each processor does the work ([DifferentialWorker]) and is replaced now and then: loaded libraries are
/// never unloaded, and if the machine code crashes, the seed is known.
public final class DifferentialMain {
    /// Modules for one process; each library takes some of its 65,530 mappings.
    private static final int SHARE = 1500;

    private final long end;
    private final AtomicLong nextSeed;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final DifferentialCoverage coverage = new DifferentialCoverage();
    private long compared;

    private DifferentialMain(double minutes, long first) {
        end = System.nanoTime() + (long) (minutes * 60e9);
        nextSeed = new AtomicLong(first);
    }

    /// Ends with 1 if there is a difference; the module and a smaller one are in the current folder then.
    public static void main(String[] args) throws Exception {
        long first = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis();
        System.out.println("seeds from " + first);
        TranslateToFuzz foreign = TranslateToFuzz.find();
        System.out.println(
                foreign == null
                        ? "wasm-opt is not on the path: all modules are of our own generator"
                        : "some modules are made by " + foreign);
        System.exit(new DifferentialMain(Double.parseDouble(args[0]), first).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        int processes = Runtime.getRuntime().availableProcessors();
        List<Callable<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            workers.add(this::work);
        }
        boolean agree = true;
        try (ExecutorService executor = Executors.newFixedThreadPool(processes)) {
            for (Future<Boolean> result : executor.invokeAll(workers)) {
                agree &= result.get();
            }
        }
        System.out.println(coverage.summary());
        System.out.print(coverage.report());
        System.out.printf(
                agree ? "no difference in %d modules%n" : "the engines differ after %d modules%n",
                compared);
        return agree;
    }

    /// Runs one process after the other.
    private boolean work() throws IOException, InterruptedException {
        while (!isOver.get() && System.nanoTime() < end) {
            if (!share(nextSeed.getAndAdd(SHARE))) {
                isOver.set(true);
                return false;
            }
        }
        return true;
    }

    private boolean share(long first) throws IOException, InterruptedException {
        Process process = start(first);
        String seed = String.valueOf(first);
        boolean isDone = false;
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(DifferentialWorker.SEED)) {
                    seed = line.substring(DifferentialWorker.SEED.length());
                    count();
                    if (isOver.get()) {
                        // Process.destroy() would close what is being read here.
                        process.toHandle().destroy();
                    }
                } else if (line.startsWith(DifferentialWorker.COVERAGE)) {
                    merge(line.substring(DifferentialWorker.COVERAGE.length()));
                    isDone = true;
                } else {
                    System.out.println(line);
                }
            }
        }
        int status = process.waitFor();
        if (status != 0 && status != 1 && !isOver.get()) {
            System.out.println("seed " + seed + ": the process ended with " + status);
        }
        return (isDone && status == 0) || isOver.get();
    }

    private synchronized void merge(String encoded) {
        coverage.merge(encoded);
    }

    private synchronized void count() {
        if (++compared % 1000 == 0) {
            System.out.println(compared + " modules");
        }
    }

    private Process start(long first) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(DifferentialWorker.class.getName());
        command.add(Long.toString(first));
        command.add(Long.toString(first + SHARE));
        command.add(Long.toString(Math.max(1, (end - System.nanoTime()) / 1_000_000)));
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
