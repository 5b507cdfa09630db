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

    /// Names of the locals and labels of the functions that have some.
    final Map<Integer, List<@Nullable String>> locals = new TreeMap<>();

    final Map<Integer, List<@Nullable String>> labels = new TreeMap<>();

    /// The section's content; empty if there are no names.
    byte[] content(ModuleSpaces spaces) {
        ByteWriter out = new ByteWriter();
        if (module != null) {
            out.section(0, new ByteWriter().name(module));
        }
        names(1, spaces.functions, out);
        indirect(2, locals, out);
        indirect(3, labels, out);
        names(4, spaces.types.space, out);
        names(5, spaces.tables, out);
        names(6, spaces.memories, out);
        names(7, spaces.globals, out);
        names(8, spaces.elements, out);
        names(9, spaces.data, out);
        Map<Integer, List<@Nullable String>> fields = new TreeMap<>();
        spaces.types.fields.forEach((type, space) -> fields.put(type, space.names()));
        indirect(10, fields, out);
        names(11, spaces.tags, out);
        return out.toByteArray();
    }

    private static void names(int id, IndexSpace space, ByteWriter out) {
        if (hasNames(space.names())) {
            ByteWriter content = new ByteWriter();
            nameMap(space.names(), content);
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
