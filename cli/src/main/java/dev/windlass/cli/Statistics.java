package dev.windlass.cli;

import dev.windlass.Store;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What `--stats` reports.
final class Statistics {
    private final long start = System.nanoTime();
    private long loaded;
    private long instantiated;

    void loaded() {
        loaded = System.nanoTime();
    }

    void instantiated() {
        instantiated = System.nanoTime();
    }

    /// @param fuel what the store was given, or null
    String text(Store store, @Nullable Long fuel) {
        long end = System.nanoTime();
        StringBuilder text = new StringBuilder();
        line(text, "engine", store.engine().executionName());
        line(text, "load and validate", millis(start, loaded));
        line(text, "instantiate", millis(loaded, instantiated));
        line(text, "run", millis(instantiated, end));
        line(text, "memory", megabytes(store.peakMemory()) + " at most, with tables and stacks");
        if (fuel != null) {
            line(text, "fuel", (fuel - Math.max(0, store.fuel())) + " used");
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("windlass: ").append(name).append(": ").append(value);
        text.append(System.lineSeparator());
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    private static String millis(long from, long to) {
        return from == 0 || to == 0
                ? "not reached"
                : String.format(Locale.ROOT, "%.1f ms", (to - from) / 1e6);
    }
}
