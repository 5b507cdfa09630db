package dev.windlass.fuzz;

import dev.windlass.wasm.Feature;
import dev.windlass.wasm.Opcode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What was compared so far: how many modules of which kind, and which instructions native code executed at which level
/// and in which mode. As a line it goes from process to process.
final class DifferentialCoverage {
    private static final int LARGE = 1000;
    private static final int MOST_NAMED = 40;

    private long modules;
    private long large;
    private long trapping;
    private long instructions;
    private long frames;
    private long places;
    private long placesThatDiffer;

    /// By the engine's name: how many modules executed each instruction.
    private final Map<String, Map<Opcode, Long>> executed = new TreeMap<>();

    static List<Opcode> wanted() {
        return Stream.of(Opcode.values()).filter(op -> op.feature() != Feature.GC).toList();
    }

    /// @param behaviour of the engine's run
    void add(String engine, DifferentialModule module, Behaviour behaviour) {
        modules++;
        instructions += module.instructions();
        large += module.instructions() > LARGE ? 1 : 0;
        trapping += behaviour.traps() > 0 ? 1 : 0;
        frames += behaviour.frames();
        Set<Opcode> seen = EnumSet.noneOf(Opcode.class);
        List<DifferentialModule.Mark> marks = module.marks();
        for (int i = 0; i < marks.size(); i++) {
            if (behaviour.isMarked(i) && behaviour.isNative(marks.get(i).function())) {
                seen.addAll(marks.get(i).instructions());
            }
        }
        Map<Opcode, Long> counts = counts(engine);
        seen.forEach(op -> counts.merge(op, 1L, Long::sum));
    }

    /// Places of accesses outside guarded memories.
    void addPlaces(List<Integer> expected, List<Integer> actual) {
        places += expected.size();
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            placesThatDiffer += expected.get(i).equals(actual.get(i)) ? 0 : 1;
        }
    }

    private Map<Opcode, Long> counts(String engine) {
        return executed.computeIfAbsent(engine, e -> new EnumMap<>(Opcode.class));
    }

    // Between processes.

    /// As text, to be read by [#merge].
    String encoded() {
        StringBuilder text = new StringBuilder();
        text.append(modules).append(' ').append(large).append(' ').append(trapping);
        text.append(' ').append(instructions).append(' ').append(frames);
        text.append(' ').append(places).append(' ').append(placesThatDiffer);
        executed.forEach((engine, counts) -> {
            text.append(';').append(engine);
            counts.forEach(
                    (op, count) -> text.append(' ').append(op.name()).append(' ').append(count));
        });
        return text.toString();
    }

    void merge(String encoded) {
        String[] parts = encoded.split(";", -1);
        String[] sums = parts[0].split(" ", -1);
        modules += Long.parseLong(sums[0]);
        large += Long.parseLong(sums[1]);
        trapping += Long.parseLong(sums[2]);
        instructions += Long.parseLong(sums[3]);
        frames += Long.parseLong(sums[4]);
        places += Long.parseLong(sums[5]);
        placesThatDiffer += Long.parseLong(sums[6]);
        for (int i = 1; i < parts.length; i++) {
            String[] words = parts[i].split(" ", -1);
            Map<Opcode, Long> counts = counts(words[0]);
            for (int k = 1; k < words.length; k += 2) {
                counts.merge(Opcode.valueOf(words[k]), Long.valueOf(words[k + 1]), Long::sum);
            }
        }
    }

    // Reports.

    String summary() {
        return """
        %d modules (%d%% with over %d instructions, %d%% trapping), %d instructions
        backtraces of %d frames; %d accesses outside guarded memories, %d of them with another offset\
        """
                .formatted(
                        modules,
                        percent(large),
                        LARGE,
                        percent(trapping),
                        instructions,
                        frames,
                        places,
                        placesThatDiffer);
    }

    private long percent(long part) {
        return modules == 0 ? 0 : part * 100 / modules;
    }

    /// For each engine how many of the instructions were executed, and which were not.
    String report() {
        StringBuilder text = new StringBuilder();
        executed.forEach((engine, counts) -> text.append(line(engine, counts)));
        return text.toString();
    }

    private static String line(String engine, Map<Opcode, Long> counts) {
        List<Opcode> wanted = wanted();
        List<Opcode> missing = wanted.stream().filter(op -> !counts.containsKey(op)).toList();
        long rarest = wanted.stream().mapToLong(op -> counts.getOrDefault(op, 0L)).min().orElse(0);
        String names =
                missing.isEmpty() || missing.size() > MOST_NAMED
                        ? ""
                        : "; not " + String.join(", ", missing.stream().map(Opcode::text).toList());
        return "%-12s executed %d of %d instructions, each in at least %d modules%s%n"
                .formatted(engine, wanted.size() - missing.size(), wanted.size(), rarest, names);
    }
}
