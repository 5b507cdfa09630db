package dev.windlass.wasm.text;

import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.SubType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The types of a module: those written down, and function types that are added because a
/// function, block or call gives its parameters and results without naming a type.
final class TypeSpace {
    /// In place of a group's length: a type that stands without `rec`.
    static final int ALONE = -1;

    final IndexSpace space = new IndexSpace("type");
    final List<SubType> types = new ArrayList<>();

    /// For each type where in the text it stands.
    final IntList textOffsets = new IntList();

    /// The lengths of the recursion groups, or [#ALONE].
    final List<Integer> groups = new ArrayList<>();

    /// The fields' identifiers of structure types that have some.
    final Map<Integer, IndexSpace> fields = new TreeMap<>();

    /// The first index of each function type that stands alone, is final and extends nothing.
    private final Map<FuncType, Integer> plain = new HashMap<>();

    private final IndexSpace noFields = new IndexSpace("field");

    /// Adds a type that stands without `rec`.
    void addAlone(SubType type, int textOffset) {
        if (type.isFinal()
                && type.supertypes().isEmpty()
                && type.composite() instanceof FuncType f) {
            plain.putIfAbsent(f, types.size());
        }
        types.add(type);
        textOffsets.add(textOffset);
        groups.add(ALONE);
    }

    /// Adds the types of a recursion group.
    void addGroup(List<SubType> group, int textOffset) {
        types.addAll(group);
        group.forEach(_ -> textOffsets.add(textOffset));
        groups.add(group.size());
    }

    /// The index of a type for those parameters and results; a new one if there is none.
    int indexOf(FuncType type, int textOffset) {
        Integer index = plain.get(type);
        if (index != null) {
            return index;
        }
        space.add();
        addAlone(new SubType(true, List.of(), type), textOffset);
        return types.size() - 1;
    }

    /// The function type of that index, or null if there is none.
    @Nullable FuncType function(int index) {
        boolean there = index >= 0 && index < types.size();
        return there && types.get(index).composite() instanceof FuncType f ? f : null;
    }

    IndexSpace fields(int type) {
        return fields.getOrDefault(type, noFields);
    }
}
