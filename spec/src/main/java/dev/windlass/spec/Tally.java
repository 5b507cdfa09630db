package dev.windlass.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Counts while a script runs. Thread-safe, because scripts have threads.
final class Tally {
    private int passed;
    private final List<Finding> failures = new ArrayList<>();
    private final List<Finding> skips = new ArrayList<>();
    private final List<Finding> wordings = new ArrayList<>();

    synchronized void passed() {
        passed++;
    }

    synchronized void failed(int line, String reason) {
        failures.add(new Finding(line, reason));
    }

    synchronized void skipped(int line, String reason) {
        skips.add(new Finding(line, reason));
    }

    /// Takes note of a message if it begins otherwise than the script says.
    synchronized void wording(int line, String wanted, String message) {
        if (!message.startsWith(wanted)) {
            wordings.add(
                    new Finding(line, "'" + message + "' where the script has '" + wanted + "'"));
        }
    }

    synchronized ScriptReport report(Path file) {
        failures.sort(Comparator.comparingInt(Finding::line));
        return new ScriptReport(file, passed, failures, skips, wordings);
    }
}
