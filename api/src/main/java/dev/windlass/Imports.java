package dev.windlass;

import dev.windlass.runtime.Instantiation;
import dev.windlass.wasm.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The definitions of a [Linker] at the moment of an instantiation. Does not change once threads may
/// use it.
final class Imports {
    /// The two names of an import.
    record Name(String module, String name) {
        @Override
        public String toString() {
            return "'" + name + "' of '" + module + "'";
        }
    }

    /// What a name stands for: in a store, something of that store.
    @FunctionalInterface
    interface Definition {
        Extern in(Store store);
    }

    private final Map<Name, Definition> definitions;
    private final @Nullable Wasi wasi;

    Imports(Map<Name, Definition> definitions, @Nullable Wasi wasi) {
        this.definitions = new HashMap<>(definitions);
        this.wasi = wasi;
    }

    /// Makes the shared memories that a threaded program imports, and lets it start threads.
    void prepareThreads(Store store, WasmModule module) {
        Wasi process = wasi;
        if (process == null) {
            return;
        }
        for (ImportType i : module.imports()) {
            Name name = new Name(i.module(), i.name());
            if (i.type() instanceof MemoryType type && type.shared()) {
                definitions.computeIfAbsent(name, _ -> shared(store, type));
            }
        }
        process.process().threadSpawner(new GuestThread(process.process(), store, module, this));
    }

    private static Definition shared(Store store, MemoryType type) {
        Memory memory = store.newMemory(type);
        return _ -> memory;
    }

    /// As [Linker#instantiate].
    Instance instantiate(Store store, WasmModule module) {
        if (!module.engine().execution().equals(store.engine().execution())) {
            throw new IllegalArgumentException("the module was made for another engine");
        }
        boolean outermost = store.enter();
        try {
            return new Instance(
                    store,
                    Instantiation.instantiate(store.runtime(), module.code(), find(store, module)));
        } catch (dev.windlass.runtime.LinkException e) {
            throw new LinkException(e.getMessage());
        } catch (dev.windlass.runtime.UnsupportedModuleException e) {
            throw new UnsupportedModuleException(e.getMessage());
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        } catch (dev.windlass.runtime.GuestException e) {
            throw new GuestException(store, e);
        } finally {
            store.leave(outermost);
        }
    }

    private List<dev.windlass.runtime.Extern> find(Store store, WasmModule module) {
        List<dev.windlass.runtime.Extern> found = new ArrayList<>();
        for (Import i : module.module().imports()) {
            found.add(find(store, i));
        }
        return found;
    }

    private dev.windlass.runtime.Extern find(Store store, Import i) {
        Name name = new Name(i.module(), i.name());
        Definition definition = definitions.get(name);
        if (definition != null) {
            return lower(store, definition.in(store), name);
        }
        Wasi process = wasi;
        dev.windlass.runtime.Extern extern =
                process == null ? null : process.extern(store, i.module(), i.name());
        if (extern == null) {
            throw new LinkException(
                    "unknown import: the module needs the " + i.kind().text() + " " + name);
        }
        return extern;
    }

    private static dev.windlass.runtime.Extern lower(Store store, Extern extern, Name name) {
        return switch (extern) {
            case Func f -> {
                store.requireOwn(f.store(), name.toString());
                yield f.instance();
            }
            case Table t -> {
                store.requireOwn(t.store(), name.toString());
                yield t.instance();
            }
            case Memory m -> {
                if (!m.instance().type().shared()) {
                    store.requireOwn(m.store(), name.toString());
                }
                yield m.instance();
            }
            case Global g -> {
                store.requireOwn(g.store(), name.toString());
                yield g.instance();
            }
            case Tag t -> t.instance();
        };
    }
}
