package dev.windlass.llvm.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a processor must have so that a library runs on it, in Linux' words: checking needs no LLVM.
final class ProcessorFeatures {
    private static final Path INFO = Path.of("/proc/cpuinfo");

    private static final String V2 = "cx16 lahf_lm popcnt pni sse4_1 sse4_2 ssse3";
    private static final String V3 = V2 + " avx avx2 bmi1 bmi2 f16c fma abm movbe";
    private static final String V4 = V3 + " avx512f avx512bw avx512cd avx512dq avx512vl";

    /// The levels of the x86-64 psABI.
    private static final Map<String, String> LEVELS =
            Map.of("x86-64", "", "x86-64-v2", V2, "x86-64-v3", V3, "x86-64-v4", V4);

    /// Where Linux has another name than LLVM.
    private static final Map<String, String> LINUX_NAMES =
            Map.of(
                    "sse3", "pni",
                    "lzcnt", "abm",
                    "bmi", "bmi1",
                    "sahf", "lahf_lm",
                    "pclmul", "pclmulqdq",
                    "sha", "sha_ni",
                    "rdrnd", "rdrand",
                    "prfchw", "3dnowprefetch",
                    "neon", "asimd",
                    "lse", "atomics");

    private ProcessorFeatures() {}

    /// @param cpu LLVM's name; a level, or this machine's with its list of features
    static Set<String> requiredBy(String cpu, String llvmFeatures) {
        String level = LEVELS.get(cpu);
        Set<String> here = here();
        Stream<String> required =
                level != null
                        ? words(level)
                        : Arrays.stream(llvmFeatures.split(",", -1))
                                .filter(f -> f.startsWith("+"))
                                .flatMap(f -> linuxNames(f.substring(1)))
                                .filter(here::contains);
        Set<String> names = new TreeSet<>();
        required.filter(f -> !f.isEmpty()).forEach(names::add);
        return names;
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(" ", -1));
    }

    /// The names that a feature may have: that which this machine reports is it.
    private static Stream<String> linuxNames(String llvm) {
        String plain = llvm.replace('.', '_').replace('-', '_');
        return Stream.of(
                LINUX_NAMES.getOrDefault(llvm, plain),
                plain.replaceFirst("^avx512", "avx512_"),
                plain.replaceFirst("^avx", "avx_"));
    }

    /// What this machine has; nothing where the system does not say.
    static Set<String> here() {
        if (!Files.isReadable(INFO)) {
            return Set.of();
        }
        try (Stream<String> lines = Files.lines(INFO)) {
            List<String> flags =
                    lines.filter(l -> l.startsWith("flags") || l.startsWith("Features"))
                            .limit(1)
                            .toList();
            Set<String> names = new TreeSet<>();
            for (String line : flags) {
                words(line.substring(line.indexOf(':') + 1)).forEach(names::add);
            }
            names.remove("");
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
