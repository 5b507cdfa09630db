package dev.windlass.wasm.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The labels in scope, the innermost last. An inner label hides an outer one of the same name.
/// Looking a name up takes the same time however deep the labels nest.
final class LabelStack {
    private static final int NONE = -1;

    private final List<@Nullable String> labels = new ArrayList<>();

    /// For each label where the one of the same name is that it hides.
    private final IntList hidden = new IntList();

    private final Map<String, Integer> innermost = new HashMap<>();

    /// The number of labels.
    int size() {
        return labels.size();
    }

    void push(@Nullable String label) {
        Integer outer = label == null ? null : innermost.put(label, labels.size());
        hidden.add(outer == null ? NONE : outer);
        labels.add(label);
    }

    void pop() {
        String label = labels.removeLast();
        int outer = hidden.removeLast();
        if (label != null && outer == NONE) {
            innermost.remove(label);
        } else if (label != null) {
            innermost.put(label, outer);
        }
    }

    void clear() {
        labels.clear();
        hidden.clear();
        innermost.clear();
    }

    /// The depth of a name, or -1 if no label has it.
    int depth(String name) {
        Integer at = innermost.get(name);
        return at == null ? NONE : labels.size() - 1 - at;
    }

    /// The name at a depth, or null if there is none.
    @Nullable String name(int depth) {
        return depth >= 0 && depth < labels.size() ? labels.get(labels.size() - 1 - depth) : null;
    }
}
