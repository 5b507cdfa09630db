package dev.windlass.runtime;

import dev.windlass.wasm.DefType;
import dev.windlass.wasm.GlobalType;
import dev.windlass.wasm.Import;
import dev.windlass.wasm.Limits;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.TableType;
import dev.windlass.wasm.TypeRegistry;
import java.util.List;

/// Checks that what is given for imports is what the module asks for.
///
/// @see <a href="https://webassembly.github.io/spec/core/valid/matching.html">Matching</a>
final class ImportMatching {
    private final RuntimeStore store;
    private final Module module;

    ImportMatching(RuntimeStore store, Module module) {
        this.store = store;
        this.module = module;
    }

    /// @throws LinkException if one does not match
    /// @throws IllegalStateException if one belongs to another store
    void check(List<Extern> externs) {
        List<Import> imports = module.imports();
        if (externs.size() != imports.size()) {
            throw new IllegalArgumentException(
                    "the module has " + imports.size() + " imports, not " + externs.size());
        }
        for (int i = 0; i < imports.size(); i++) {
            check(imports.get(i), externs.get(i));
        }
    }

    private void check(Import wanted, Extern found) {
        if (!isUsable(found)) {
            throw new IllegalStateException(
                    "import " + names(wanted) + " belongs to another store");
        }
        if (!matches(wanted, found)) {
            throw new LinkException(
                    "incompatible import type: "
                            + names(wanted)
                            + ": expected "
                            + ExternText.wanted(module, wanted)
                            + ", found "
                            + ExternText.found(found));
        }
    }

    private static String names(Import wanted) {
        return "\"" + wanted.module() + "\" \"" + wanted.name() + "\"";
    }

    private boolean isUsable(Extern found) {
        return switch (found.kind()) {
            case FUNC -> ((FunctionInstance) found).store() == store;
            case TABLE -> ((TableInstance) found).store() == store;
            case GLOBAL -> ((GlobalInstance) found).store() == store;
            case MEMORY -> ((MemoryInstance) found).isUsableIn(store);
            case TAG -> true;
        };
    }

    private boolean matches(Import wanted, Extern found) {
        if (wanted.kind() != found.kind()) {
            return false;
        }
        int index = wanted.index();
        return switch (wanted.kind()) {
            case FUNC ->
                    ((FunctionInstance) found)
                            .type()
                            .isSubtypeOf(defType(module.functionTypeIndex(index)));
            case TABLE -> matches(module.tables().get(index), (TableInstance) found);
            case MEMORY -> matches(module.memories().get(index), (MemoryInstance) found);
            case GLOBAL -> matches(module.globals().get(index), (GlobalInstance) found);
            case TAG -> ((TagInstance) found).type() == defType(module.tagTypeIndex(index));
        };
    }

    private DefType defType(int typeIndex) {
        return module.defType(typeIndex);
    }

    private boolean matches(TableType wanted, TableInstance found) {
        TableType type = found.type();
        int element = module.close(wanted.element());
        return type.is64() == wanted.is64()
                && TypeRegistry.matches(type.element(), element)
                && TypeRegistry.matches(element, type.element())
                && matches(wanted.limits(), found.length(), type.limits());
    }

    private static boolean matches(MemoryType wanted, MemoryInstance found) {
        MemoryType type = found.type();
        return type.is64() == wanted.is64()
                && type.shared() == wanted.shared()
                && type.pageSizeLog2() == wanted.pageSizeLog2()
                && matches(wanted.limits(), found.pages(), type.limits());
    }

    /// Compares with the size now: what was grown matches a larger minimum.
    private static boolean matches(Limits wanted, long size, Limits found) {
        boolean isBounded = found.hasMax() && Long.compareUnsigned(found.max(), wanted.max()) <= 0;
        return Long.compareUnsigned(size, wanted.min()) >= 0 && (!wanted.hasMax() || isBounded);
    }

    private boolean matches(GlobalType wanted, GlobalInstance found) {
        int closed = module.close(wanted.type());
        GlobalType type = found.type();
        return type.mutable() == wanted.mutable()
                && TypeRegistry.matches(type.type(), closed)
                && (!wanted.mutable() || TypeRegistry.matches(closed, type.type()));
    }
}
