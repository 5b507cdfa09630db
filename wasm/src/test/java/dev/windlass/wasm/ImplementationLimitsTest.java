package dev.windlass.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/limits.md` says what [ImplementationLimits] says.
final class ImplementationLimitsTest {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_0-9]+)` \\| (\\d+) \\|.*");

    @Test
    void theDocumentListsAllLimits() throws IOException, IllegalAccessException {
        Path document =
                Path.of(System.getProperty("windlass.root", "..")).resolve("docs/limits.md");
        TreeMap<String, Integer> written = new TreeMap<>();
        for (String line : Files.readAllLines(document)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                written.put(row.group(1), Integer.valueOf(row.group(2)));
            }
        }
        TreeMap<String, Integer> actual = new TreeMap<>();
        for (Field field : List.of(ImplementationLimits.class.getFields())) {
            actual.put(field.getName(), field.getInt(null));
        }
        assertThat(written).isEqualTo(actual);
    }
}
