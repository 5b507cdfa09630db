package dev.windlass.interpreter.machine;

import dev.windlass.interpreter.generated.PlainBlocks;

/// Branches on conditions that have no blocks of their own.
public final class Branches {
    private static final int MAX = 8;

    private Branches() {}

    static Block of(Node[] statements, int count, Node condition) {
        Node[] s = Statements.packed(statements, count, MAX);
        int n = Math.min(count, MAX);
        return condition instanceof Local local
                ? PlainBlocks.branchLocal(s, n, local.slot)
                : PlainBlocks.branch(s, n, condition);
    }

    static Block loopOf(Node[] statements, int count, Node condition) {
        Node[] s = Statements.packed(statements, count, MAX);
        int n = Math.min(count, MAX);
        return condition instanceof Local local
                ? PlainBlocks.loopLocal(s, n, local.slot)
                : PlainBlocks.loop(s, n, condition);
    }
}
