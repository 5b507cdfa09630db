package dev.windlass.wasm;

import java.util.List;

/// One entry of the type section, as written: its references are open type indices.
///
/// @param isFinal whether no other type may extend it
/// @param supertypes type indices, at most one in this version of the language
/// @param composite the type itself
public record SubType(boolean isFinal, List<Integer> supertypes, CompositeType composite) {
    public SubType {
        supertypes = List.copyOf(supertypes);
    }
}
