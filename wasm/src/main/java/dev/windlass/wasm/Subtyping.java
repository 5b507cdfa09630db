package dev.windlass.wasm;

/// The specification's subtyping of value types.
///
/// @see <a href="https://webassembly.github.io/spec/core/valid/matching.html">Matching</a>
public final class Subtyping {
    private Subtyping() {}

    /// Whether an open value type of a module matches another of the same module.
    public static boolean matches(Module module, int sub, int sup) {
        if (sub == sup) {
            return true;
        }
        return ValType.isRef(sub)
                && ValType.isRef(sup)
                && (!ValType.isNullable(sub) || ValType.isNullable(sup))
                && heapMatches(module, ValType.heapType(sub), ValType.heapType(sup));
    }

    /// Whether an open heap type matches another of the same module.
    public static boolean heapMatches(Module module, int sub, int sup) {
        if (sub == sup) {
            return true;
        }
        if (ValType.isAbstract(sub)) {
            return ValType.isAbstract(sup)
                    ? abstractMatches(sub, sup)
                    : sub == bottomOf(module.defType(sup).kind());
        }
        DefType type = module.defType(sub);
        return ValType.isAbstract(sup)
                ? abstractMatches(type.kind(), sup)
                : type.isSubtypeOf(module.defType(sup));
    }

    /// Whether an abstract heap type matches another.
    public static boolean abstractMatches(int sub, int sup) {
        if (sub == sup) {
            return true;
        }
        return switch (sup) {
            case ValType.HEAP_ANY -> sub != ValType.HEAP_ANY && topOf(sub) == ValType.HEAP_ANY;
            case ValType.HEAP_EQ -> sub != ValType.HEAP_ANY && topOf(sub) == ValType.HEAP_ANY;
            case ValType.HEAP_I31, ValType.HEAP_STRUCT, ValType.HEAP_ARRAY ->
                    sub == ValType.HEAP_NONE;
            case ValType.HEAP_FUNC -> sub == ValType.HEAP_NOFUNC;
            case ValType.HEAP_EXTERN -> sub == ValType.HEAP_NOEXTERN;
            case ValType.HEAP_EXN -> sub == ValType.HEAP_NOEXN;
            default -> false;
        };
    }

    /// The greatest type of an abstract heap type's hierarchy.
    public static int topOf(int heapType) {
        return switch (heapType) {
            case ValType.HEAP_FUNC, ValType.HEAP_NOFUNC -> ValType.HEAP_FUNC;
            case ValType.HEAP_EXTERN, ValType.HEAP_NOEXTERN -> ValType.HEAP_EXTERN;
            case ValType.HEAP_EXN, ValType.HEAP_NOEXN -> ValType.HEAP_EXN;
            default -> ValType.HEAP_ANY;
        };
    }

    /// The least type of an abstract heap type's hierarchy.
    public static int bottomOf(int heapType) {
        return switch (topOf(heapType)) {
            case ValType.HEAP_FUNC -> ValType.HEAP_NOFUNC;
            case ValType.HEAP_EXTERN -> ValType.HEAP_NOEXTERN;
            case ValType.HEAP_EXN -> ValType.HEAP_NOEXN;
            default -> ValType.HEAP_NONE;
        };
    }
}
