package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Guests' traps and Java's own faults at the same time, in processes of their own: with several
/// garbage collectors and a million traps each with `-Dwindlass.long=true`.
@Timeout(600)
final class GuestsAndJavaFaultsTest {
    private static final boolean LONG = Boolean.getBoolean("windlass.long");
    private static final int TRAPS = LONG ? 1_000_000 : 20_000;

    static Stream<List<String>> options() {
        List<String> g1 = List.of("-XX:+UseG1GC");
        // The first compiler finds null by faults of the hardware, always.
        List<String> zgc = List.of("-XX:+UseZGC", "-XX:TieredStopAtLevel=1");
        List<String> checked = List.of("-Xcheck:jni");
        return LONG ? Stream.of(g1, zgc, checked) : Stream.of(zgc);
    }

    @ParameterizedTest
    @MethodSource("options")
    void nothingIsLost(List<String> options) throws Exception {
        String obstacle = new LlvmEngine().obstacle();
        assumeTrue(obstacle == null, () -> "no native code: " + obstacle);
        Process process = start(options);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).containsPattern(TRAPS + " traps, [1-9][0-9]+ faults of Java's");
    }

    private static Process start(List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Xmx512m", "-Xss512k", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath(), GuestsAndJavaFaultsMain.class.getName()));
        command.add(Integer.toString(TRAPS));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String classPath() {
        Stream<String> folders =
                Stream.of(GuestsAndJavaFaultsMain.class, LlvmEngine.class)
                        .map(c -> c.getProtectionDomain().getCodeSource().getLocation().getPath());
        Stream<String> paths =
                Stream.of("java.class.path", "jdk.module.path")
                        .map(name -> System.getProperty(name, ""));
        return Stream.concat(folders, paths)
                .filter(path -> !path.isEmpty())
                .reduce((a, b) -> a + ":" + b)
                .orElseThrow();
    }
}
