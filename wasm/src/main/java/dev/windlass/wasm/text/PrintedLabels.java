package dev.windlass.wasm.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The labels of a function while its body is printed.
final class PrintedLabels {
    private final IntFunction<@Nullable String> nameOf;
    private final LabelStack open = new LabelStack();

    /// The names, as a parser will find them.
    final List<@Nullable String> names = new ArrayList<>();

    /// @param nameOf the names of the blocks, by the order of their beginnings
    PrintedLabels(IntFunction<@Nullable String> nameOf) {
        this.nameOf = nameOf;
        open.push(null);
    }

    /// What stands after the keyword of the block that begins now. The block's label is in scope
    /// after [#enter()].
    String next() {
        String name = nameOf.apply(names.size());
        names.add(name == null || name.isEmpty() ? null : name);
        return name == null || name.isEmpty() ? "" : " " + TextOutput.identifier(name);
    }

    /// The block that began last is entered.
    void enter() {
        open.push(names.getLast());
    }

    void leave() {
        if (open.size() > 0) {
            open.pop();
        }
    }

    /// The number of open blocks, the function's included.
    int depth() {
        return open.size();
    }

    /// What a branch to that depth says: the label's name unless an inner label hides it.
    String use(int depth) {
        String name = open.name(depth);
        return name == null || open.depth(name) != depth
                ? Integer.toUnsignedString(depth)
                : TextOutput.identifier(name);
    }
}
