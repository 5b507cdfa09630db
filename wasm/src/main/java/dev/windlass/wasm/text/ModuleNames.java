package dev.windlass.wasm.text;

import dev.windlass.wasm.binary.ByteWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The names that identifiers and annotations give: the content of the name section.
///
/// @see <a href="https://webassembly.github.io/spec/core/appendix/custom.html">Name section</a>
final class ModuleNames {
    static final String SECTION = "name";

    @Nullable String module;
    List<@Nullable String> functions = List.of();

    /// Names of the locals and labels of the functions that have some.
    final Map<Integer, List<@Nullable String>> locals = new TreeMap<>();

    final Map<Integer, List<@Nullable String>> labels = new TreeMap<>();
    List<@Nullable String> types = List.of();
    List<@Nullable String> tables = List.of();
    List<@Nullable String> memories = List.of();
    List<@Nullable String> globals = List.of();
    List<@Nullable String> elements = List.of();
    List<@Nullable String> data = List.of();

    /// Names of the fields of the structure types that have some.
    final Map<Integer, List<@Nullable String>> fields = new TreeMap<>();

    List<@Nullable String> tags = List.of();

    /// Takes over the names of a text's index spaces.
    void take(ModuleSpaces spaces) {
        functions = spaces.functions.names();
        types = spaces.types.space.names();
        tables = spaces.tables.names();
        memories = spaces.memories.names();
        globals = spaces.globals.names();
        elements = spaces.elements.names();
        data = spaces.data.names();
        spaces.types.fields.forEach((type, space) -> fields.put(type, space.names()));
        tags = spaces.tags.names();
    }

    /// The section's content; empty if there are no names.
    byte[] content() {
        ByteWriter out = new ByteWriter();
        if (module != null) {
            out.section(0, new ByteWriter().name(module));
        }
        names(1, functions, out);
        indirect(2, locals, out);
        indirect(3, labels, out);
        names(4, types, out);
        names(5, tables, out);
        names(6, memories, out);
        names(7, globals, out);
        names(8, elements, out);
        names(9, data, out);
        indirect(10, fields, out);
        names(11, tags, out);
        return out.toByteArray();
    }

    private static void names(int id, List<@Nullable String> names, ByteWriter out) {
        if (hasNames(names)) {
            ByteWriter content = new ByteWriter();
            nameMap(names, content);
            out.section(id, content);
        }
    }

    private static void indirect(
            int id, Map<Integer, List<@Nullable String>> maps, ByteWriter out) {
        ByteWriter content = new ByteWriter();
        int count = 0;
        for (Map.Entry<Integer, List<@Nullable String>> entry : maps.entrySet()) {
            if (hasNames(entry.getValue())) {
                content.u32(entry.getKey());
                nameMap(entry.getValue(), content);
                count++;
            }
        }
        if (count > 0) {
            out.section(id, new ByteWriter().u32(count).append(content));
        }
    }

    static boolean hasNames(List<@Nullable String> names) {
        for (String name : names) {
            if (name != null) {
                return true;
            }
        }
        return false;
    }

    private static void nameMap(List<@Nullable String> names, ByteWriter out) {
        int count = 0;
        for (String name : names) {
            count += name == null ? 0 : 1;
        }
        out.u32(count);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name != null) {
                out.u32(i);
                out.name(name);
            }
        }
    }
}
