package dev.windlass.cli;

import dev.windlass.ExportType;
import dev.windlass.ExternType;
import dev.windlass.FunctionType;
import dev.windlass.GlobalType;
import dev.windlass.ImportType;
import dev.windlass.MemoryType;
import dev.windlass.TableType;
import dev.windlass.TagType;
import dev.windlass.WasmModule;
import dev.windlass.internal.Modules;
import dev.windlass.wasm.CustomSection;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.List;

/// The text of `windlass inspect`.
final class ModuleReport {
    private final StringBuilder text = new StringBuilder();

    private ModuleReport() {}

    static String of(String name, WasmModule module) {
        ModuleReport report = new ModuleReport();
        report.summary(name, module, Modules.module(module));
        report.imports(module.imports());
        report.exports(module.exports());
        report.customSections(Modules.module(module).customSections());
        return report.text.toString();
    }

    private void summary(String name, WasmModule module, Module lower) {
        line(name + ": " + kind(module) + ", " + lower.bytes().length + " bytes");
        counts(
                lower.types().size() + " types",
                lower.functionCount() + " functions",
                lower.importedCount(ExternKind.FUNC) + " of them imported",
                codeBytes(lower) + " bytes of code");
        counts(
                lower.memories().size() + " memories",
                lower.tables().size() + " tables",
                lower.globals().size() + " globals",
                lower.tagCount() + " tags");
        counts(
                lower.dataSegments().size() + " data segments",
                lower.elements().size() + " element segments",
                lower.start() < 0 ? "no start function" : "start function " + lower.start());
    }

    private void counts(String... counts) {
        line("  " + String.join(", ", counts));
    }

    private static long codeBytes(Module module) {
        long bytes = 0;
        for (int i = module.importedCount(ExternKind.FUNC); i < module.functionCount(); i++) {
            bytes += module.body(i).end() - module.body(i).start();
        }
        return bytes;
    }

    private static String kind(WasmModule module) {
        List<String> names = module.exports().stream().map(ExportType::name).toList();
        if (names.contains("_start")) {
            return "a program (exports _start)";
        }
        return names.contains("_initialize") ? "a reactor (exports _initialize)" : "a library";
    }

    private void imports(List<ImportType> imports) {
        line("imports: " + imports.size());
        for (ImportType i : imports) {
            line("  " + i.module() + " " + i.name() + " " + describe(i.type()));
        }
    }

    private void exports(List<ExportType> exports) {
        line("exports: " + exports.size());
        for (ExportType e : exports) {
            line("  " + e.name() + " " + describe(e.type()));
        }
    }

    private static String describe(ExternType type) {
        String keyword =
                switch (type) {
                    case FunctionType f -> "func";
                    case TableType t -> "table";
                    case MemoryType m -> "memory";
                    case GlobalType g -> "global";
                    case TagType t -> "tag";
                };
        return keyword + " " + type;
    }

    private void customSections(List<CustomSection> sections) {
        line("custom sections: " + sections.size());
        for (CustomSection section : sections) {
            line("  " + section.name() + " " + (section.end() - section.start()) + " bytes");
        }
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
