package dev.windlass.cli;

import dev.windlass.wasm.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Parses the words after `run`: options, at most one `--`, the module; all that follows is the
/// program's, whatever it looks like.
final class RunParser {
    private final RunSettings settings = new RunSettings();
    private final String[] words;
    private int next;

    private RunParser(String[] words, int next) {
        this.words = words;
        this.next = next;
    }

    /// @param first index of the first word
    /// @return null if help is asked for
    /// @throws UsageException if the words make no sense
    static @Nullable RunSettings parse(String[] words, int first) {
        return new RunParser(words, first).parse();
    }

    private @Nullable RunSettings parse() {
        while (next < words.length && words[next].startsWith("-") && !words[next].equals("-")) {
            String word = words[next++];
            if (word.equals("--")) {
                break;
            }
            if (word.equals("--help") || word.equals("-h")) {
                return null;
            }
            option(word);
        }
        if (next >= words.length) {
            throw new UsageException("no module given: windlass run [OPTIONS] MODULE [ARGS...]");
        }
        checkEngine();
        settings.module = words[next++];
        settings.args = List.of(words).subList(next, words.length);
        return settings;
    }

    private void checkEngine() {
        boolean isCompiler = settings.engine.equals(EngineChoice.LLVM);
        if (settings.precompiled && !isCompiler && !settings.engine.equals("auto")) {
            throw new UsageException("--precompiled runs native code: leave out --engine");
        }
        boolean isForCompiler =
                settings.level != null
                        || settings.memoryMode != null
                        || settings.compileIn != null
                        || settings.testMix != null;
        if (!isCompiler && isForCompiler) {
            throw new UsageException(
                    "-O, --memory-mode, --compile-in and --test-mix need --engine llvm");
        }
    }

    private void option(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        RunOption option = RunOption.of(name);
        if (option == null) {
            throw new UsageException("unknown option '" + name + "'" + suggestion(name));
        }
        if (option.parameter() == null) {
            if (equals >= 0) {
                throw new UsageException("the option " + name + " takes no value");
            }
            set(option, "");
            return;
        }
        if (equals < 0 && next >= words.length) {
            throw new UsageException(
                    "the option " + name + " needs a value: " + name + " " + option.parameter());
        }
        set(option, equals < 0 ? words[next++] : word.substring(equals + 1));
    }

    private static String suggestion(String name) {
        return Arrays.stream(RunOption.values())
                .map(RunOption::text)
                .filter(o -> o.startsWith(name) || name.startsWith(o))
                .findFirst()
                .map(o -> "; did you mean " + o + "?")
                .orElse("");
    }

    private void set(RunOption option, String value) {
        switch (option) {
            case ENGINE -> settings.engine = value;
            case O0 -> settings.level = 0;
            case O1 -> settings.level = 1;
            case O2 -> settings.level = 2;
            case MEMORY_MODE -> settings.memoryMode = checkMemoryMode(value);
            case COMPILE_IN -> settings.compileIn = checkCompileIn(value);
            case FORCE -> settings.force = true;
            case TEST_MIX -> settings.testMix = Quantities.count(option.text(), value);
            case PRECOMPILED -> settings.precompiled = true;
            case DIR -> settings.dirs.add(dir(value));
            case ENV -> env(value);
            case ARGV0 -> settings.argv0 = value;
            case INVOKE -> settings.invoke = value;
            case TIMEOUT -> settings.timeout = Quantities.duration(option.text(), value);
            case FUEL -> settings.fuel = Quantities.count(option.text(), value);
            case MAX_MEMORY -> settings.maxMemory = Quantities.bytes(option.text(), value);
            case STACK_SIZE -> settings.stackSize = Quantities.bytes(option.text(), value);
            case STATS -> settings.stats = true;
            case TCPLISTEN -> settings.listeners.add(value);
            case ENABLE -> settings.features = settings.features.with(feature(value));
            case DISABLE -> disable(value);
        }
    }

    /// @return the mode
    static String checkMemoryMode(String mode) {
        if (!List.of("guard", "explicit", "auto").contains(mode)) {
            throw new UsageException(
                    "--memory-mode takes guard, explicit or auto, not '" + mode + "'");
        }
        return mode;
    }

    /// @return the place
    static String checkCompileIn(String place) {
        if (!List.of("process", "worker").contains(place)) {
            throw new UsageException("--compile-in takes process or worker, not '" + place + "'");
        }
        return place;
    }

    private static RunSettings.Dir dir(String value) {
        int colons = value.indexOf("::");
        if (colons < 0) {
            return new RunSettings.Dir(value, value);
        }
        String guest = value.substring(colons + 2);
        if (guest.contains("::") || colons == 0 || guest.isEmpty()) {
            throw new UsageException("--dir takes HOST or HOST::GUEST, not '" + value + "'");
        }
        return new RunSettings.Dir(value.substring(0, colons), guest);
    }

    private void env(String value) {
        int equals = value.indexOf('=');
        if (equals == 0 || value.isEmpty()) {
            throw new UsageException("--env takes NAME=VALUE or NAME, not '" + value + "'");
        }
        if (equals > 0) {
            settings.env.put(value.substring(0, equals), value.substring(equals + 1));
            return;
        }
        String ours = System.getenv(value);
        if (ours != null) {
            settings.env.put(value, ours);
        }
    }

    private void disable(String value) {
        Feature feature = feature(value);
        if (feature == Feature.CORE) {
            throw new UsageException("the core language cannot be switched off");
        }
        settings.features = settings.features.without(feature);
    }

    /// A feature by its name.
    static Feature feature(String name) {
        for (Feature feature : Feature.values()) {
            if (feature.text().equals(name)) {
                return feature;
            }
        }
        throw new UsageException(
                "unknown feature '"
                        + name
                        + "'; there are: "
                        + Arrays.stream(Feature.values())
                                .map(Feature::text)
                                .collect(Collectors.joining(", ")));
    }
}
