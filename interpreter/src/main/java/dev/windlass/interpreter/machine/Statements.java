package dev.windlass.interpreter.machine;

import dev.windlass.interpreter.generated.PlainBlocks;

/// Fits lists of statements into blocks, which have a few fields for them.
public final class Statements {
    private static final int SEQUENCE = 8;

    private Statements() {}

    /// The same statements as at most `max` ones.
    public static Node[] packed(Node[] statements, int count, int max) {
        Node[] s = statements;
        int n = count;
        while (n > max) {
            // The fewest sequences that make it fit, at the start.
            int excess = n - max;
            int groups =
                    Math.max(1, Math.min((excess + SEQUENCE - 2) / (SEQUENCE - 1), n / SEQUENCE));
            Node[] packed = new Node[n];
            int from = 0;
            int to = 0;
            for (int g = 0; g < groups; g++) {
                int size = Math.min(SEQUENCE, Math.min(n - from, excess + 1));
                packed[to++] = size == 1 ? s[from] : PlainBlocks.sequence(s, from, size);
                from += size;
                excess -= size - 1;
            }
            System.arraycopy(s, from, packed, to, n - from);
            n = to + n - from;
            s = packed;
        }
        return s;
    }

    /// The number of statements after packing.
    public static int packedCount(int count, int max) {
        return Math.min(count, max);
    }
}
