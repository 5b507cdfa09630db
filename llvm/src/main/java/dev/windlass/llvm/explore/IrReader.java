package dev.windlass.llvm.explore;

import dev.windlass.llvm.explore.Listing.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds a function in LLVM's text, and the place in the guest of each of its lines.
final class IrReader {
    /// `!12 = !DILocation(line: 53, scope: !4)`
    private static final Pattern LOCATION =
            Pattern.compile("^!(\\d+) = (?:distinct )?!DILocation\\(line: (\\d+),.*");

    /// At the end of an instruction: `, !dbg !12, !tbaa !8`. The rest helps nobody.
    private static final Pattern METADATA = Pattern.compile("(,? !\\w+(\\.\\w+)* !\\d+)+( \\{)?$");

    private static final Pattern PREDECESSORS = Pattern.compile(" +; preds = .*$");

    private static final Pattern PLACE = Pattern.compile("!dbg !(\\d+)");

    private IrReader() {}

    /// @param symbol of the function
    /// @param start its offset in the guest's module
    static List<Line> lines(String module, String symbol, int start) {
        Map<Integer, Integer> places = places(module);
        List<Line> lines = new ArrayList<>();
        int offset = start;
        boolean isInside = false;
        for (String line : module.lines().toList()) {
            isInside |= line.startsWith("define ") && names(line, symbol);
            if (isInside && !line.isBlank()) {
                Matcher place = PLACE.matcher(line);
                if (place.find() && !line.startsWith("define ")) {
                    offset = places.getOrDefault(Integer.parseInt(place.group(1)), offset);
                }
                lines.add(new Line(offset, readable(line)));
            }
            isInside &= !line.equals("}");
        }
        return lines;
    }

    private static String readable(String line) {
        String code = PREDECESSORS.matcher(line).replaceFirst("");
        return METADATA.matcher(code).replaceFirst("$3");
    }

    private static boolean names(String definition, String symbol) {
        return definition.contains("@" + symbol + "(")
                || definition.contains("@\"" + symbol + "\"(");
    }

    private static Map<Integer, Integer> places(String module) {
        Map<Integer, Integer> places = new HashMap<>();
        module.lines()
                .map(LOCATION::matcher)
                .filter(Matcher::matches)
                .filter(m -> !m.group(2).equals("0"))
                .forEach(m ->
                        places.put(Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2))));
        return places;
    }
}
