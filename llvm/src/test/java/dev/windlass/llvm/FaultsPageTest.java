package dev.windlass.llvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/faults.md has every fault, and the tests that it names are there.
final class FaultsPageTest {
    private static final Path ROOT = Path.of(System.getProperty("windlass.root", ""));
    private static final int FAULTS = 72;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| [^|]+ \\| [^|]+ \\|$");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)#(\\w+)`");

    private static List<MatchResult> all(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve("docs/faults.md"))).results().toList();
    }

    @Test
    void everyFaultHasARow() throws IOException {
        assertThat(all(ROW).stream().map(row -> Integer.parseInt(row.group(1))).sorted())
                .isEqualTo(IntStream.rangeClosed(1, FAULTS).boxed().toList());
    }

    @Test
    void theTestsThatItNamesExist() throws IOException {
        Map<String, Path> classes = testClasses();
        for (MatchResult test : all(TEST)) {
            Path file = classes.get(test.group(1) + ".java");
            assertThat(file).as(test.group()).isNotNull();
            assertThat(Files.readString(file)).as(test.group()).contains(" " + test.group(2) + "(");
        }
    }

    private static Map<String, Path> testClasses() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().matches(".*/src/test/.*Test\\.java"))
                    .collect(
                            Collectors.toMap(f -> f.getFileName().toString(), Function.identity()));
        }
    }
}
