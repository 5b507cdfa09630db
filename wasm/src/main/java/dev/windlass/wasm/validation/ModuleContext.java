package dev.windlass.wasm.validation;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// The specification's context *C* of a module: its index spaces as arrays, with the checks of
/// indices. Shared by the threads that validate functions; immutable but for [#declare].
final class ModuleContext {
    final Module module;
    final int typeCount;
    final int functionCount;
    final boolean hasFunctionReferences;

    private final @Nullable FuncType[] funcTypes;
    private final int[] functionTypes;
    private final GlobalType[] globals;
    private final TableType[] tables;
    private final MemoryType[] memories;
    private final int[] memoryAddressTypes;
    private final int[] elementTypes;
    private final int dataCount;
    private final FuncType[] tags;

    /// Functions that something outside the code names: what `ref.func` may name.
    private final BitSet declared;

    /// @throws InvalidException if a function or tag names a type that is none
    ModuleContext(Module module) {
        this.module = module;
        typeCount = module.types().size();
        functionCount = module.functionCount();
        hasFunctionReferences = module.features().has(Feature.FUNCTION_REFERENCES);
        funcTypes = new FuncType[typeCount];
        for (int i = 0; i < typeCount; i++) {
            funcTypes[i] = module.types().get(i).composite() instanceof FuncType f ? f : null;
        }
        functionTypes = new int[functionCount];
        for (int i = 0; i < functionCount; i++) {
            functionTypes[i] = module.functionTypeIndex(i);
            int type = functionTypes[i];
            if (isOutside(type, typeCount) || funcTypes[type] == null) {
                funcType(type, place(i));
            }
        }
        globals = module.globals().toArray(GlobalType[]::new);
        tables = module.tables().toArray(TableType[]::new);
        memories = module.memories().toArray(MemoryType[]::new);
        memoryAddressTypes = new int[memories.length];
        for (int i = 0; i < memories.length; i++) {
            memoryAddressTypes[i] = memories[i].addressType();
        }
        elementTypes = module.elements().stream().mapToInt(e -> e.type()).toArray();
        dataCount = module.dataCount();
        tags = new FuncType[module.tagCount()];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = funcType(module.tagTypeIndex(i), 0);
        }
        declared = new BitSet(functionCount);
    }

    /// Where a function is in the module, for messages.
    private int place(int function) {
        boolean isImported = function < module.importedCount(ExternKind.FUNC);
        return isImported ? 0 : module.body(function).start();
    }

    void declare(int function) {
        if (function >= 0 && function < functionCount) {
            declared.set(function);
        }
    }

    boolean isDeclared(int function) {
        return declared.get(function);
    }

    private static boolean isOutside(int index, int count) {
        return Integer.compareUnsigned(index, count) >= 0;
    }

    private static void check(String what, int index, int count, int at) {
        if (isOutside(index, count)) {
            throw Errors.unknown(what, index, at);
        }
    }

    void checkType(int index, int at) {
        check("type", index, typeCount, at);
    }

    /// Checks the type index in a value type.
    void checkValType(int type, int at) {
        if (ValType.isRef(type)) {
            checkHeapType(ValType.heapType(type), at);
        }
    }

    void checkHeapType(int heapType, int at) {
        if (!ValType.isAbstract(heapType)) {
            checkType(heapType, at);
        }
    }

    FuncType funcType(int index, int at) {
        checkType(index, at);
        FuncType type = funcTypes[index];
        if (type == null) {
            throw Errors.notOfForm("function", index, at);
        }
        return type;
    }

    StructType structType(int index, int at) {
        CompositeType type = composite(index, at);
        if (type instanceof StructType struct) {
            return struct;
        }
        throw Errors.notOfForm("structure", index, at);
    }

    ArrayType arrayType(int index, int at) {
        CompositeType type = composite(index, at);
        if (type instanceof ArrayType array) {
            return array;
        }
        throw Errors.notOfForm("array", index, at);
    }

    private CompositeType composite(int index, int at) {
        checkType(index, at);
        return module.types().get(index).composite();
    }

    void checkFunction(int index, int at) {
        check("function", index, functionCount, at);
    }

    int functionTypeIndex(int index, int at) {
        checkFunction(index, at);
        return functionTypes[index];
    }

    FuncType functionType(int index, int at) {
        checkFunction(index, at);
        return funcType(functionTypes[index], at);
    }

    int globalCount() {
        return globals.length;
    }

    GlobalType global(int index, int at) {
        check("global", index, globals.length, at);
        return globals[index];
    }

    TableType table(int index, int at) {
        check("table", index, tables.length, at);
        return tables[index];
    }

    int memoryAddressType(int index, int at) {
        if (isOutside(index, memoryAddressTypes.length)) {
            throw Errors.unknown("memory", index, at);
        }
        return memoryAddressTypes[index];
    }

    /// The type of an element segment's elements.
    int elementType(int index, int at) {
        check("elem segment", index, elementTypes.length, at);
        return elementTypes[index];
    }

    /// Checks a data segment that an instruction names.
    void checkData(int index, int at) {
        if (dataCount < 0) {
            throw Errors.dataCountRequired(at);
        }
        check("data segment", index, dataCount, at);
    }

    FuncType tag(int index, int at) {
        check("tag", index, tags.length, at);
        return tags[index];
    }
}
