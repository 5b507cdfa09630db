package dev.windlass.fuzz;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/// `fuzz/planted [MINUTES [NAME]]`: whether the differential fuzzer finds each planted fault. Works in the current folder.
final class PlantedFaultsMain {
    private static final Pattern OUTCOME =
            Pattern.compile("differ after \\d+ modules|no difference in \\d+ modules");
    private static final String FIRST_SEED = "1";

    private PlantedFaultsMain() {}

    public static void main(String[] args) throws Exception {
        String minutes = args.length > 0 ? args[0] : "5";
        int missed = 0;
        for (PlantedFault fault : PlantedFault.all()) {
            if (args.length < 2 || fault.name().contains(args[1])) {
                String output = fuzzed(compiled(fault), minutes);
                Matcher outcome = OUTCOME.matcher(output);
                String words = outcome.find() ? outcome.group() : "failed: " + output;
                missed += words.startsWith("differ") ? 0 : 1;
                System.out.printf("%-48s %s%n", fault.name(), words);
            }
        }
        System.exit(missed == 0 ? 0 : 1);
    }

    /// A folder with the class that has the fault.
    private static Path compiled(PlantedFault fault) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(""), "planted").toAbsolutePath();
        Path source = Files.writeString(folder.resolve(fault.file() + ".java"), fault.planted());
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-nowarn",
                                "-proc:none",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString(),
                                source.toString());
        if (status != 0) {
            throw new IllegalStateException(fault.name() + " does not compile");
        }
        return folder;
    }

    private static String fuzzed(Path faulty, String minutes)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-Dwindlass.fuzz.shrink=false");
        String path = System.getProperty("java.class.path");
        command.addAll(List.of("-cp", faulty + File.pathSeparator + path));
        command.addAll(List.of(DifferentialMain.class.getName(), minutes, FIRST_SEED));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
