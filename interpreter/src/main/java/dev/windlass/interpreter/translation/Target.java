package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A place to jump to whose block may not be finished yet.
final class Target {
    private @Nullable Block block;
    private @Nullable Target alias;
    private List<Edge> waiting = List.of();

    private record Edge(Block from, int edge) {}

    /// Whether anything jumps here.
    boolean isUsed() {
        Target t = canonical();
        return t.block != null || !t.waiting.isEmpty();
    }

    /// The target that this one was forwarded to, or itself.
    Target canonical() {
        Target t = this;
        while (t.alias != null) {
            t = t.alias;
        }
        return t;
    }

    /// Makes the edge of a block lead here.
    void link(Block from, int edge) {
        Target t = canonical();
        if (t.block != null) {
            from.link(edge, t.block);
            return;
        }
        if (t.waiting.isEmpty()) {
            t.waiting = new ArrayList<>(2);
        }
        t.waiting.add(new Edge(from, edge));
    }

    /// The block is finished.
    void resolve(Block to) {
        block = to;
        for (Edge e : waiting) {
            e.from.link(e.edge, to);
        }
        waiting = List.of();
    }

    /// Nothing is done here but to jump elsewhere.
    void forward(Target to) {
        alias = to;
        for (Edge e : waiting) {
            to.link(e.from, e.edge);
        }
        waiting = List.of();
    }
}
