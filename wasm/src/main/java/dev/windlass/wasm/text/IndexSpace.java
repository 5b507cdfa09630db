package dev.windlass.wasm.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One index space: its identifiers, and the names of its members for the name section.
final class IndexSpace {
    private final String noun;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<@Nullable String> names = new ArrayList<>();

    /// How many members' definitions the last pass has reached.
    private int reached;

    /// @param noun for messages: `func`
    IndexSpace(String noun) {
        this.noun = noun;
    }

    /// Takes note that the next member's definition has been reached.
    ///
    /// @return its index
    int reach() {
        return reached++;
    }

    /// The index of the member whose definition is reached next.
    int reached() {
        return reached;
    }

    int size() {
        return names.size();
    }

    /// Adds a member without identifier or name.
    void add() {
        names.add(null);
    }

    /// Adds a member; its identifier and its `@name` annotation are next, if it has them.
    void define(TokenReader in) {
        int token = in.at;
        String id = in.identifier();
        if (id != null && indices.putIfAbsent(id, names.size()) != null) {
            throw in.tokens.error(token, "duplicate " + noun + " $" + id);
        }
        String name = NameAnnotation.take(in, noun);
        names.add(name != null ? name : id);
    }

    /// Adds a member of that identifier, which was read at that token.
    void define(TokenReader in, int token, @Nullable String id, @Nullable String name) {
        if (id != null && indices.putIfAbsent(id, names.size()) != null) {
            throw in.tokens.error(token, "duplicate " + noun + " $" + id);
        }
        names.add(name != null ? name : id);
    }

    /// An index, as a number or an identifier.
    int index(TokenReader in) {
        int token = in.at;
        String id = in.identifier();
        if (id == null) {
            return in.u32();
        }
        Integer index = indices.get(id);
        if (index == null) {
            throw in.tokens.error(token, "unknown " + noun + " $" + id);
        }
        return index;
    }

    /// The names, null where a member has none.
    List<@Nullable String> names() {
        return names;
    }
}
