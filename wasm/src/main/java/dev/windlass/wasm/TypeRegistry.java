package dev.windlass.wasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes types canonical: recursion groups that are the same up to the numbering of type indices
/// get the same [DefType]s, process-wide. Groups that no module uses any more are forgotten; ids
/// are never given out again. Thread-safe.
public final class TypeRegistry {
    private TypeRegistry() {}

    /// The canonical types of a type section.
    ///
    /// @param types the section, supertypes and references as open type indices that are below the
    ///     end of their own group
    /// @param recursionGroups for each type index the first index of its group
    public static DefType[] canonical(List<SubType> types, int[] recursionGroups) {
        throw new UnsupportedOperationException();
    }

    /// The type of an id, or null if nothing uses it any more.
    public static @Nullable DefType byId(int id) {
        throw new UnsupportedOperationException();
    }

    /// Whether a closed value type matches another: the specification's subtyping.
    public static boolean matches(int sub, int sup) {
        throw new UnsupportedOperationException();
    }
}
