package dev.windlass.spec;

import dev.windlass.Extern;
import dev.windlass.FunctionType;
import dev.windlass.GlobalType;
import dev.windlass.MemoryType;
import dev.windlass.Store;
import dev.windlass.TableType;
import dev.windlass.ValueType;
import dev.windlass.wasm.Feature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// The host module `spectest` that scripts import from. What its functions print goes nowhere.
final class Spectest {
    static final String NAME = "spectest";

    private Spectest() {}

    static Map<String, Extern> in(Store store) {
        Map<String, Extern> exports = new LinkedHashMap<>();
        function(store, exports, "print");
        function(store, exports, "print_i32", ValueType.I32);
        function(store, exports, "print_i64", ValueType.I64);
        function(store, exports, "print_f32", ValueType.F32);
        function(store, exports, "print_f64", ValueType.F64);
        function(store, exports, "print_i32_f32", ValueType.I32, ValueType.F32);
        function(store, exports, "print_f64_f64", ValueType.F64, ValueType.F64);
        global(store, exports, "global_i32", ValueType.I32, 666);
        global(store, exports, "global_i64", ValueType.I64, 666L);
        global(store, exports, "global_f32", ValueType.F32, 666.6f);
        global(store, exports, "global_f64", ValueType.F64, 666.6);
        exports.put("table", store.newTable(table(false), null));
        if (store.engine().features().has(Feature.MEMORY64)) {
            exports.put("table64", store.newTable(table(true), null));
        }
        exports.put("memory", store.newMemory(MemoryType.of(1, 2)));
        exports.put("shared_memory", store.newMemory(MemoryType.of(1, 2).withShared()));
        return exports;
    }

    private static void function(
            Store store, Map<String, Extern> exports, String name, ValueType... params) {
        FunctionType type = FunctionType.of(List.of(params));
        exports.put(name, store.newFunc(type, _ -> {}));
    }

    private static void global(
            Store store, Map<String, Extern> exports, String name, ValueType type, Object value) {
        exports.put(name, store.newGlobal(new GlobalType(type, false), value));
    }

    private static TableType table(boolean is64) {
        return new TableType(ValueType.FUNCREF, 10, OptionalLong.of(20), is64);
    }
}
