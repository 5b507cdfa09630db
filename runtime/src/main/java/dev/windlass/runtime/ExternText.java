package dev.windlass.runtime;

import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;

/// External types as error messages show them, near to the text format.
final class ExternText {
    private ExternText() {}

    /// What a module imports.
    static String wanted(Module module, Import wanted) {
        int index = wanted.index();
        return switch (wanted.kind()) {
            case FUNC -> "func " + module.functionType(index);
            case TABLE -> table(module.tables().get(index), module.tables().get(index).limits());
            case MEMORY ->
                    memory(module.memories().get(index), module.memories().get(index).limits());
            case GLOBAL -> global(module.globals().get(index));
            case TAG -> "tag " + module.types().get(module.tagTypeIndex(index)).composite();
        };
    }

    /// What was given for it, with its size now.
    static String found(Extern found) {
        return switch (found) {
            case FunctionInstance f -> "func " + f.funcType();
            case TableInstance t -> table(t.type(), now(t.length(), t.type().limits()));
            case MemoryInstance m -> memory(m.type(), now(m.pages(), m.type().limits()));
            case GlobalInstance g -> global(g.type());
            case TagInstance t -> "tag " + t.type().composite();
        };
    }

    private static Limits now(long size, Limits limits) {
        return new Limits(size, limits.max(), limits.hasMax());
    }

    private static String table(TableType type, Limits limits) {
        return "table "
                + (type.is64() ? "i64 " : "")
                + text(limits)
                + " "
                + ValType.text(type.element());
    }

    private static String memory(MemoryType type, Limits limits) {
        boolean isCustom = type.pageSizeLog2() != MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        return "memory "
                + (type.is64() ? "i64 " : "")
                + text(limits)
                + (type.shared() ? " shared" : "")
                + (isCustom ? " (pagesize " + type.pageSize() + ")" : "");
    }

    private static String global(GlobalType type) {
        String text = ValType.text(type.type());
        return "global " + (type.mutable() ? "(mut " + text + ")" : text);
    }

    private static String text(Limits limits) {
        String min = Long.toUnsignedString(limits.min());
        return limits.hasMax() ? min + " " + Long.toUnsignedString(limits.max()) : min;
    }
}
