package dev.windlass.wasm.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// The identifiers that one index space gets in a printed text. They are the names of the name
/// section, made unique; a name that cannot be an identifier as it is follows as an annotation.
final class PrintedSpace {
    static final PrintedSpace EMPTY = new PrintedSpace(0, _ -> null);

    private final @Nullable String[] identifiers;

    /// The names, as a parser will find them.
    final List<@Nullable String> names = new ArrayList<>();

    PrintedSpace(int size, IntFunction<@Nullable String> nameOf) {
        identifiers = new @Nullable String[size];
        Set<String> used = new HashSet<>();
        for (int i = 0; i < size; i++) {
            String name = nameOf.apply(i);
            names.add(name);
            identifiers[i] = name == null || name.isEmpty() ? null : unique(name, i, used);
        }
    }

    private static String unique(String name, int index, Set<String> used) {
        String identifier = name;
        while (!used.add(identifier)) {
            identifier = identifier + "#" + index;
        }
        return identifier;
    }

    int size() {
        return identifiers.length;
    }

    /// What stands where the member is defined: identifier and annotation, each after a space.
    String definition(int index) {
        String name = names.get(index);
        if (name == null) {
            return "";
        }
        String identifier = identifiers[index];
        String id = identifier == null ? "" : " " + TextOutput.identifier(identifier);
        return name.equals(identifier) ? id : id + annotation(name);
    }

    static String annotation(String name) {
        StringBuilder text = new StringBuilder();
        TextOutput out = new TextOutput(text);
        out.add(" (@name").name(name).add(")").flush();
        return text.toString();
    }

    /// What stands where the member is used: its identifier or its number.
    String use(int index) {
        boolean known = index >= 0 && index < identifiers.length;
        String identifier = known ? identifiers[index] : null;
        return identifier == null
                ? Integer.toUnsignedString(index)
                : TextOutput.identifier(identifier);
    }
}
