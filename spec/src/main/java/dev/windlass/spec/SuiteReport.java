package dev.windlass.spec;

import java.util.List;

/// What came of several scripts.
public record SuiteReport(List<ScriptReport> scripts) {
    public SuiteReport {
        scripts = List.copyOf(scripts);
    }

    public int passed() {
        return scripts.stream().mapToInt(ScriptReport::passed).sum();
    }

    public int failed() {
        return scripts.stream().mapToInt(ScriptReport::failed).sum();
    }

    public int skipped() {
        return scripts.stream().mapToInt(ScriptReport::skipped).sum();
    }

    /// The last line of a report: `12 passed, 0 failed, 3 skipped`.
    public String summary() {
        return passed() + " passed, " + failed() + " failed, " + skipped() + " skipped";
    }
}
