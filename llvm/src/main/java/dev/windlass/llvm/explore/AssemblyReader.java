package dev.windlass.llvm.explore;

import dev.windlass.llvm.explore.Listing.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds a function in LLVM's assembly text, and the place in the guest of each of its lines.
final class AssemblyReader {
    /// `.loc 1 53 0 prologue_end`: the place of what follows.
    private static final Pattern PLACE = Pattern.compile("^\\s*\\.loc\\s+\\d+\\s+(\\d+).*");

    private static final Pattern LABEL = Pattern.compile("^\\.LBB\\S*:.*");
    private static final Pattern COMMENT = Pattern.compile("\\s*(#|//) (%bb|kill|@|=|in Loop).*");

    private AssemblyReader() {}

    /// @param symbol of the function
    /// @param start its offset in the guest's module
    static List<Line> lines(String module, String symbol, int start) {
        List<Line> lines = new ArrayList<>();
        int offset = start;
        boolean isInside = false;
        for (String line : module.lines().toList()) {
            if (isInside && line.startsWith(".Lfunc_end")) {
                break;
            }
            Matcher place = PLACE.matcher(line);
            if (place.matches() && !place.group(1).equals("0")) {
                offset = Integer.parseInt(place.group(1));
            }
            if (isInside && isCode(line)) {
                lines.add(new Line(offset, readable(line)));
            }
            isInside |= line.startsWith(symbol + ":") || line.startsWith('"' + symbol + "\":");
        }
        return lines;
    }

    private static boolean isCode(String line) {
        String text = line.strip();
        boolean isDirective = text.startsWith(".") && !LABEL.matcher(text).matches();
        boolean isOther = text.startsWith("#") || text.startsWith("//") || text.isEmpty();
        return !isDirective && !isOther && (line.startsWith("\t") || LABEL.matcher(text).matches());
    }

    private static String readable(String line) {
        return COMMENT.matcher(line).replaceFirst("").stripTrailing().replace('\t', ' ');
    }
}
