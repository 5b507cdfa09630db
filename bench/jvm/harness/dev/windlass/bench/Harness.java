package dev.windlass.bench;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs one program again and again in one JVM, so that the just-in-time compiler has seen it, and times each run.
///
/// `Harness ENGINE_CLASS MODULE kernel` takes the program's arguments from standard input, one run a line, separated by
/// spaces, and answers each with a line `wall-ns thread-cpu-ns process-cpu-ns exit base64-output`.
/// `Harness ENGINE_CLASS MODULE once [--env K=V] [--dir HOST::GUEST] [ARGS...]` is one whole run on this process's streams.
public final class Harness {
    /// Engines that recurse in Java for each call of the guest need a deep stack; no engine loses by it.
    private static final long STACK_BYTES = 1L << 30;

    private final GuestEngine engine;
    private final String name;
    private int exit;
    private Throwable failure;

    private Harness(GuestEngine engine, String name) {
        this.engine = engine;
        this.name = name;
    }

    public static void main(String[] args) throws Exception {
        GuestEngine engine = (GuestEngine) Class.forName(args[0]).getDeclaredConstructor().newInstance();
        Path module = Path.of(args[1]);
        Harness harness = new Harness(engine, module.getFileName().toString());
        Thread thread = new Thread(null, () -> harness.serve(module, args), "guest", STACK_BYTES);
        thread.start();
        thread.join();
        if (harness.failure != null) {
            harness.failure.printStackTrace();
            System.exit(70);
        }
        System.exit(harness.exit);
    }

    private void serve(Path module, String[] args) {
        try {
            engine.load(module);
            if (args[2].equals("once")) {
                exit = engine.run(wholeRun(Arrays.asList(args).subList(3, args.length)));
                System.out.flush();
            } else {
                answerLines();
            }
        } catch (Throwable t) {
            failure = t;
        }
    }

    private GuestRun wholeRun(List<String> words) {
        Map<String, String> environment = new LinkedHashMap<>();
        Map<String, String> directories = new LinkedHashMap<>();
        int i = 0;
        for (; i + 1 < words.size() && words.get(i).matches("--env|--dir"); i += 2) {
            boolean env = words.get(i).equals("--env");
            String[] pair = words.get(i + 1).split(env ? "=" : "::", 2);
            if (env) {
                environment.put(pair[0], pair[1]);
            } else {
                directories.put(pair[1], pair[0]);
            }
        }
        List<String> arguments = new ArrayList<>(List.of(name));
        arguments.addAll(words.subList(i, words.size()));
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true);
        return new GuestRun(arguments, environment, directories, System.in, out);
    }

    private void answerLines() throws Exception {
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            List<String> arguments = new ArrayList<>(List.of(name));
            arguments.addAll(List.of(line.split(" ")));
            answers.println(timed(arguments));
        }
    }

    private String timed(List<String> arguments) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GuestRun run = new GuestRun(arguments, Map.of(), Map.of(), new ByteArrayInputStream(new byte[0]), out);
        long wall = System.nanoTime();
        long thread = threads.getCurrentThreadCpuTime();
        long process = system.getProcessCpuTime();
        int status = engine.run(run);
        process = system.getProcessCpuTime() - process;
        thread = threads.getCurrentThreadCpuTime() - thread;
        wall = System.nanoTime() - wall;
        String output = Base64.getEncoder().encodeToString(out.toByteArray());
        return wall + " " + thread + " " + process + " " + status + " " + output;
    }
}
