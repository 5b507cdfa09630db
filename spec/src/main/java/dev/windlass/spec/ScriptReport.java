package dev.windlass.spec;

import java.nio.file.Path;
import java.util.List;

/// What came of one script.
///
/// @param passed assertions that held
/// @param failures assertions that did not, and other commands that went wrong
/// @param skips assertions that could not be tried, because they need a module that is not supported
///     yet
/// @param wordings messages that begin otherwise than the script says, which is no failure
public record ScriptReport(
        Path file,
        int passed,
        List<Finding> failures,
        List<Finding> skips,
        List<Finding> wordings) {
    public ScriptReport {
        failures = List.copyOf(failures);
        skips = List.copyOf(skips);
        wordings = List.copyOf(wordings);
    }

    public int failed() {
        return failures.size();
    }

    public int skipped() {
        return skips.size();
    }
}
