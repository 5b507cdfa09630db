package dev.windlass.cli;

import dev.windlass.llvm.explore.Listing;
import dev.windlass.llvm.explore.Listing.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Prints the forms of a function.
final class Listings {
    /// Longer lines push the next column away.
    private static final int WIDEST = 64;

    private static final String BETWEEN = "  ";

    private Listings() {}

    /// One after the other.
    static String inTurn(List<Listing> listings) {
        StringBuilder text = new StringBuilder();
        for (Listing listing : listings) {
            text.append("== ").append(listing.title()).append('\n');
            for (Line line : listing.lines()) {
                text.append(offset(line.offset())).append(BETWEEN).append(line.text()).append('\n');
            }
        }
        return text.toString();
    }

    /// Beside each other: what stands for the same instruction begins on the same row.
    static String beside(List<Listing> listings) {
        StringBuilder text = new StringBuilder();
        int[] widths = listings.stream().mapToInt(Listings::width).toArray();
        row(text, "", listings.stream().map(Listing::title).toList(), widths);
        NavigableSet<Integer> offsets = new TreeSet<>();
        listings.forEach(l -> l.lines().forEach(line -> offsets.add(line.offset())));
        for (int offset : offsets) {
            List<List<String>> columns =
                    listings.stream().map(listing -> at(listing, offset)).toList();
            int rows = columns.stream().mapToInt(List::size).max().orElse(0);
            for (int i = 0; i < rows; i++) {
                List<String> cells = new ArrayList<>();
                for (List<String> column : columns) {
                    cells.add(i < column.size() ? column.get(i) : "");
                }
                row(text, i == 0 ? offset(offset) : "", cells, widths);
            }
        }
        return text.toString();
    }

    private static List<String> at(Listing listing, int offset) {
        return listing.lines().stream()
                .filter(line -> line.offset() == offset)
                .map(Line::text)
                .toList();
    }

    private static int width(Listing listing) {
        int widest =
                listing.lines().stream().mapToInt(line -> line.text().length()).max().orElse(0);
        return Math.min(WIDEST, Math.max(widest, listing.title().length()));
    }

    private static void row(StringBuilder text, String offset, List<String> cells, int[] widths) {
        StringBuilder row = new StringBuilder(offset).repeat(" ", 8 - offset.length());
        for (int i = 0; i < cells.size(); i++) {
            row.append(BETWEEN).append(cells.get(i));
            row.repeat(" ", Math.max(0, widths[i] - cells.get(i).length()));
        }
        text.append(row.toString().stripTrailing()).append('\n');
    }

    private static String offset(int offset) {
        return String.format(Locale.ROOT, "0x%06x", offset);
    }
}
