package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import org.jspecify.annotations.Nullable;

/// A block with many successors; the last is the default.
final class TableBlock extends Block {
    private final @Nullable Node body;
    private final Node index;
    private final Block[] targets;

    TableBlock(@Nullable Node body, Node index, int count) {
        this.body = body;
        this.index = index;
        this.targets = new Block[count];
    }

    @Override
    public void link(int edge, Block target) {
        targets[edge] = target;
    }

    @Override
    public Block run(long f, Machine m) {
        if (body != null) {
            body.x(f, m);
        }
        int i = index.i(f, m);
        Block[] t = targets;
        int last = t.length - 1;
        return t[i >= 0 && i < last ? i : last];
    }
}
