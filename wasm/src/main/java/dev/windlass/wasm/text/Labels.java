package dev.windlass.wasm.text;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The labels in scope, the innermost last.
final class Labels {
    private final List<@Nullable String> labels = new ArrayList<>();

    void push(@Nullable String label) {
        labels.add(label);
    }

    void pop() {
        labels.remove(labels.size() - 1);
    }

    void clear() {
        labels.clear();
    }

    /// A label's depth, as a number or an identifier.
    int depth(TokenReader in) {
        int token = in.at;
        String id = in.identifier();
        if (id == null) {
            return in.u32();
        }
        for (int i = labels.size() - 1; i >= 0; i--) {
            if (id.equals(labels.get(i))) {
                return labels.size() - 1 - i;
            }
        }
        throw in.tokens.error(token, "unknown label $" + id);
    }
}
