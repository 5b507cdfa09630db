package dev.windlass.wasm.text;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Names;
import dev.windlass.wasm.StructType;
import java.util.HashMap;
import java.util.Map;

/// The identifiers of everything in a printed module.
final class PrintedSpaces {
    private final Module module;
    private final Map<Integer, PrintedSpace> fields = new HashMap<>();
    final PrintedSpace functions;
    final PrintedSpace types;
    final PrintedSpace tables;
    final PrintedSpace memories;
    final PrintedSpace globals;
    final PrintedSpace elements;
    final PrintedSpace data;
    final PrintedSpace tags;

    PrintedSpaces(Module module) {
        this.module = module;
        Names names = module.names();
        functions = new PrintedSpace(module.functionCount(), names::function);
        types = new PrintedSpace(module.types().size(), names::type);
        tables = new PrintedSpace(module.tables().size(), names::table);
        memories = new PrintedSpace(module.memories().size(), names::memory);
        globals = new PrintedSpace(module.globals().size(), names::global);
        elements = new PrintedSpace(module.elements().size(), names::element);
        data = new PrintedSpace(module.dataSegments().size(), names::data);
        tags = new PrintedSpace(module.tagCount(), names::tag);
    }

    PrintedSpace of(ExternKind kind) {
        return switch (kind) {
            case FUNC -> functions;
            case TABLE -> tables;
            case MEMORY -> memories;
            case GLOBAL -> globals;
            case TAG -> tags;
        };
    }

    /// The fields of a structure type; none for another type.
    PrintedSpace fields(int type) {
        return fields.computeIfAbsent(type, this::newFields);
    }

    private PrintedSpace newFields(int type) {
        boolean isStruct =
                type >= 0
                        && type < types.size()
                        && module.types().get(type).composite() instanceof StructType;
        if (!isStruct) {
            return PrintedSpace.EMPTY;
        }
        StructType struct = (StructType) module.types().get(type).composite();
        return new PrintedSpace(struct.fields().size(), i -> module.names().field(type, i));
    }

    /// The locals of a function, parameters included.
    PrintedSpace locals(int function, int count) {
        return new PrintedSpace(count, i -> module.names().local(function, i));
    }
}
