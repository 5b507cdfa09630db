package dev.windlass;

import dev.windlass.runtime.ModuleInstance;
import dev.windlass.wasm.Export;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;

/// An instance of a module in a store.
public final class Instance {
    private final Store store;
    private final ModuleInstance instance;

    Instance(Store store, ModuleInstance instance) {
        this.store = store;
        this.instance = instance;
    }

    public Store store() {
        return store;
    }

    /// What is exported under that name, of whatever kind.
    public Optional<Extern> export(String name) {
        boolean outermost = store.enter();
        try {
            return Optional.ofNullable(instance.export(name)).map(store::wrap);
        } finally {
            store.leave(outermost);
        }
    }

    /// All exports, in the module's order.
    public Map<String, Extern> exports() {
        Map<String, Extern> exports = new LinkedHashMap<>();
        for (Export e : instance.module().exports()) {
            export(e.name()).ifPresent(x -> exports.put(e.name(), x));
        }
        return exports;
    }

    /// The exported function of that name.
    ///
    /// @throws NoSuchElementException if there is none; the message says what there is
    public Func func(String name) {
        return export(name, Func.class, "function");
    }

    /// The exported memory of that name.
    ///
    /// @throws NoSuchElementException if there is none; the message says what there is
    public Memory memory(String name) {
        return export(name, Memory.class, "memory");
    }

    /// The exported table of that name.
    ///
    /// @throws NoSuchElementException if there is none; the message says what there is
    public Table table(String name) {
        return export(name, Table.class, "table");
    }

    /// The exported global of that name.
    ///
    /// @throws NoSuchElementException if there is none; the message says what there is
    public Global global(String name) {
        return export(name, Global.class, "global");
    }

    /// The exported tag of that name.
    ///
    /// @throws NoSuchElementException if there is none; the message says what there is
    public Tag tag(String name) {
        return export(name, Tag.class, "tag");
    }

    private <T extends Extern> T export(String name, Class<T> kind, String kindName) {
        return export(name)
                .filter(kind::isInstance)
                .map(kind::cast)
                .orElseThrow(() -> new NoSuchElementException(missing(name, kindName)));
    }

    private String missing(String name, String kindName) {
        String exports =
                instance.module().exports().stream()
                        .map(e -> e.kind().text() + " '" + e.name() + "'")
                        .limit(20)
                        .collect(Collectors.joining(", "));
        return "no exported "
                + kindName
                + " '"
                + name
                + "'; "
                + (exports.isEmpty() ? "nothing is exported" : "exported: " + exports);
    }

    ModuleInstance instance() {
        return instance;
    }

    @Override
    public String toString() {
        return "Instance[" + instance.module() + "]";
    }
}
