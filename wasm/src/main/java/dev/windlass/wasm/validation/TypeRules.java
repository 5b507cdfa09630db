package dev.windlass.wasm.validation;

import dev.windlass.wasm.ArrayType;
import dev.windlass.wasm.CompositeType;
import dev.windlass.wasm.Feature;
import dev.windlass.wasm.FieldType;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.StructType;
import dev.windlass.wasm.SubType;
import dev.windlass.wasm.Subtyping;
import dev.windlass.wasm.internal.Errors;
import java.util.List;

/// The rules of type definitions.
///
/// @see <a href="https://webassembly.github.io/spec/core/valid/types.html">Validation: types</a>
final class TypeRules {
    private TypeRules() {}

    static void validate(Module module) {
        List<SubType> types = module.types();
        boolean isSingleValue = !module.features().has(Feature.MULTI_VALUE);
        for (int i = 0; i < types.size(); i++) {
            SubType type = types.get(i);
            for (int supertype : type.supertypes()) {
                checkSupertype(module, i, type, supertype);
            }
            if (isSingleValue && type.composite() instanceof FuncType f) {
                checkResults(module, f);
            }
        }
    }

    private static void checkResults(Module module, FuncType type) {
        if (type.results().length > 1) {
            throw Errors.resultArity(type.results().length, Places.of(module, Places.TYPES));
        }
    }

    private static void checkSupertype(Module module, int index, SubType type, int supertype) {
        SubType above = module.types().get(supertype);
        if (above.isFinal()) {
            throw Errors.subType(
                    index, "extends the final type " + supertype, Places.of(module, Places.TYPES));
        }
        if (!matches(module, type.composite(), above.composite())) {
            throw Errors.subType(
                    index, "does not match type " + supertype, Places.of(module, Places.TYPES));
        }
    }

    private static boolean matches(Module module, CompositeType sub, CompositeType sup) {
        return switch (sub) {
            case FuncType f -> sup instanceof FuncType g && functions(module, f, g);
            case StructType s -> sup instanceof StructType t && structures(module, s, t);
            case ArrayType a ->
                    sup instanceof ArrayType b && fields(module, a.element(), b.element());
        };
    }

    private static boolean functions(Module module, FuncType sub, FuncType sup) {
        return lists(module, sup.params(), sub.params())
                && lists(module, sub.results(), sup.results());
    }

    private static boolean lists(Module module, int[] subs, int[] sups) {
        if (subs.length != sups.length) {
            return false;
        }
        for (int i = 0; i < subs.length; i++) {
            if (!Subtyping.matches(module, subs[i], sups[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean structures(Module module, StructType sub, StructType sup) {
        if (sub.fields().size() < sup.fields().size()) {
            return false;
        }
        for (int i = 0; i < sup.fields().size(); i++) {
            if (!fields(module, sub.fields().get(i), sup.fields().get(i))) {
                return false;
            }
        }
        return true;
    }

    /// A field that can be written to must have exactly the supertype's type.
    private static boolean fields(Module module, FieldType sub, FieldType sup) {
        if (sub.mutable() != sup.mutable()) {
            return false;
        }
        return Subtyping.matches(module, sub.storage(), sup.storage())
                && (!sub.mutable() || Subtyping.matches(module, sup.storage(), sub.storage()));
    }
}
