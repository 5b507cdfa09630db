package dev.windlass.fuzz;

import dev.windlass.Extern;
import dev.windlass.ExternType;
import dev.windlass.Func;
import dev.windlass.FunctionType;
import dev.windlass.GlobalType;
import dev.windlass.ImportType;
import dev.windlass.Instance;
import dev.windlass.Linker;
import dev.windlass.MemoryType;
import dev.windlass.Store;
import dev.windlass.TableType;
import dev.windlass.TagType;
import dev.windlass.V128;
import dev.windlass.ValueType;
import dev.windlass.WasmModule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One life of a module: linked with imports that do nothing, every exported function called once.
final class GuestRun {
    private static final long FUEL = 100_000;

    /// More than this a host's table or memory for an import is not worth its time.
    private static final long LARGEST_IMPORT = 1000;

    private final WasmModule module;

    GuestRun(WasmModule module) {
        this.module = module;
    }

    void run() {
        if (module.imports().stream().anyMatch(i -> !isModest(i.type()))) {
            return;
        }
        try (Store store = new Store(module.engine())) {
            store.setFuel(FUEL);
            Linker linker = new Linker();
            for (ImportType wanted : module.imports()) {
                linker.define(wanted.module(), wanted.name(), extern(store, wanted.type()));
            }
            callAll(store, linker.instantiate(store, module));
        } catch (RuntimeException e) {
            rethrowUnlessExpected(e);
        }
    }

    private static void callAll(Store store, Instance instance) {
        for (Extern export : instance.exports().values()) {
            if (export instanceof Func function && hasDefaults(function.type().params())) {
                store.setFuel(FUEL);
                call(function);
            }
        }
    }

    private static void call(Func function) {
        try {
            function.call(defaults(function.type().params()));
        } catch (RuntimeException e) {
            rethrowUnlessExpected(e);
        }
    }

    private static void rethrowUnlessExpected(RuntimeException e) {
        if (!RunTarget.isExpected(e)) {
            throw e;
        }
    }

    private static boolean isModest(ExternType type) {
        return switch (type) {
            case FunctionType f -> hasDefaults(f.results());
            case TableType t -> t.min() <= LARGEST_IMPORT && t.element().isNullable();
            case MemoryType m -> m.min() <= LARGEST_IMPORT / 10;
            case GlobalType g -> hasDefaults(List.of(g.type()));
            case TagType _ -> true;
        };
    }

    private static Extern extern(Store store, ExternType type) {
        return switch (type) {
            case FunctionType f -> function(store, f);
            case TableType t -> store.newTable(t, null);
            case MemoryType m -> store.newMemory(m);
            case GlobalType g -> store.newGlobal(g, defaultOf(g.type()).orElse(null));
            case TagType t -> store.newTag(t);
        };
    }

    private static Func function(Store store, FunctionType type) {
        return store.newFunc(type, call -> call.returnAll(defaults(type.results())));
    }

    private static boolean hasDefaults(List<ValueType> types) {
        return types.stream().allMatch(t -> !t.isReference() || t.isNullable());
    }

    private static @Nullable Object[] defaults(List<ValueType> types) {
        return types.stream().map(t -> defaultOf(t).orElse(null)).toArray();
    }

    /// Nothing stands for the null reference.
    private static Optional<Object> defaultOf(ValueType type) {
        if (type.equals(ValueType.I32)) {
            return Optional.of(0);
        }
        if (type.equals(ValueType.I64)) {
            return Optional.of(0L);
        }
        if (type.equals(ValueType.F32)) {
            return Optional.of(0.0f);
        }
        if (type.equals(ValueType.F64)) {
            return Optional.of(0.0);
        }
        return type.equals(ValueType.V128) ? Optional.of(new V128(0, 0)) : Optional.empty();
    }
}
