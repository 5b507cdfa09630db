package dev.windlass.wasm;

import java.util.ArrayList;
import java.util.List;

/// What the custom section `producers` says about the tools that made a module.
///
/// @param fields in the order of the section
/// @see <a href="https://github.com/WebAssembly/tool-conventions/blob/main/ProducersSection.md">Producers
///     section</a>
public record Producers(List<Field> fields) {
    private static final Producers NONE = new Producers(List.of());

    public Producers {
        fields = List.copyOf(fields);
    }

    /// A kind of tool: `language`, `processed-by`, `sdk`.
    public record Field(String name, List<Tool> tools) {
        public Field {
            tools = List.copyOf(tools);
        }
    }

    /// A tool and its version, which may be empty.
    public record Tool(String name, String version) {}

    /// The producers of a module; none if the section is missing or damaged.
    public static Producers of(Module module) {
        CustomSection section = module.customSection("producers");
        if (section == null) {
            return NONE;
        }
        try {
            return read(new ByteReader(module.bytes(), section.start(), section.end()));
        } catch (MalformedException e) {
            return NONE;
        }
    }

    private static Producers read(ByteReader in) {
        List<Field> fields = new ArrayList<>();
        int count = in.u32();
        for (int i = 0; i != count; i++) {
            String name = in.name();
            fields.add(new Field(name, tools(in)));
        }
        return new Producers(fields);
    }

    private static List<Tool> tools(ByteReader in) {
        List<Tool> tools = new ArrayList<>();
        int count = in.u32();
        for (int i = 0; i != count; i++) {
            String name = in.name();
            tools.add(new Tool(name, in.name()));
        }
        return tools;
    }
}
