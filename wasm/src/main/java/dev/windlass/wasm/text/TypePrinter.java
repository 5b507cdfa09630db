package dev.windlass.wasm.text;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.FieldType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import java.util.List;

/// Types as text.
final class TypePrinter {
    private final PrintedSpace types;

    TypePrinter(PrintedSpace types) {
        this.types = types;
    }

    String valType(int type) {
        int heap = ValType.heapType(type);
        if (!ValType.isRef(type) || ValType.isAbstract(heap)) {
            return ValType.text(type);
        }
        return "(ref " + (ValType.isNullable(type) ? "null " : "") + heapType(heap) + ")";
    }

    String heapType(int heapType) {
        return ValType.isAbstract(heapType)
                ? ValType.heapText(heapType)
                : types.use(ValType.index(heapType));
    }

    /// ` (type $t)`.
    String use(int type) {
        return " (type " + types.use(type) + ")";
    }

    /// ` (param i32) (result i32)`, with the parameters' names.
    String signature(FuncType type, PrintedSpace locals) {
        return declarations("param", type.params(), 0, locals) + results(type.results());
    }

    /// ` (param $x i32) (param i32 i64)`: those with names one by one, others together.
    ///
    /// @param first the index of the first of them among the locals
    String declarations(String keyword, int[] types, int first, PrintedSpace locals) {
        StringBuilder text = new StringBuilder();
        boolean open = false;
        for (int i = 0; i < types.length; i++) {
            boolean known = first + i < locals.size();
            String name = known ? locals.definition(first + i) : "";
            boolean joins = open && name.isEmpty();
            text.append(open && !joins ? ")" : "");
            text.append(joins ? " " : " (" + keyword + name + " ").append(valType(types[i]));
            open = name.isEmpty();
            text.append(open ? "" : ")");
        }
        return text.append(open ? ")" : "").toString();
    }

    private String results(int[] types) {
        return types.length == 0 ? "" : " (result" + valTypes(types) + ")";
    }

    private String valTypes(int[] types) {
        StringBuilder text = new StringBuilder();
        for (int type : types) {
            text.append(' ').append(valType(type));
        }
        return text.toString();
    }

    String subType(SubType type, PrintedSpace fields) {
        String composite = compositeType(type.composite(), fields);
        if (type.isFinal() && type.supertypes().isEmpty()) {
            return composite;
        }
        StringBuilder text = new StringBuilder("(sub ").append(type.isFinal() ? "final " : "");
        for (int supertype : type.supertypes()) {
            text.append(types.use(supertype)).append(' ');
        }
        return text + composite + ")";
    }

    private String compositeType(CompositeType type, PrintedSpace fields) {
        return switch (type) {
            case FuncType f -> "(func" + signature(f, PrintedSpace.EMPTY) + ")";
            case StructType s -> "(struct" + fields(s.fields(), fields) + ")";
            case ArrayType a -> "(array " + fieldType(a.element()) + ")";
        };
    }

    private String fields(List<FieldType> types, PrintedSpace names) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < types.size(); i++) {
            text.append(" (field")
                    .append(names.definition(i))
                    .append(' ')
                    .append(fieldType(types.get(i)))
                    .append(')');
        }
        return text.toString();
    }

    private String fieldType(FieldType type) {
        return mutable(type.mutable(), valType(type.storage()));
    }

    private static String mutable(boolean mutable, String type) {
        return mutable ? "(mut " + type + ")" : type;
    }

    String globalType(GlobalType type) {
        return mutable(type.mutable(), valType(type.type()));
    }

    String tableType(TableType type) {
        return limits(type.limits(), type.is64()) + " " + valType(type.element());
    }

    String memoryType(MemoryType type) {
        boolean customPages = type.pageSizeLog2() != MemoryType.DEFAULT_PAGE_SIZE_LOG2;
        return limits(type.limits(), type.is64())
                + (type.shared() ? " shared" : "")
                + (customPages ? " (pagesize " + type.pageSize() + ")" : "");
    }

    private static String limits(Limits limits, boolean is64) {
        return (is64 ? "i64 " : "")
                + Long.toUnsignedString(limits.min())
                + (limits.hasMax() ? " " + Long.toUnsignedString(limits.max()) : "");
    }
}
