package dev.windlass.wasm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An element segment. Exactly one of `functions` and `expressions` is used: a segment written as
/// function indices keeps them as they are.
///
/// @param mode active, passive or declarative
/// @param table the table of an active segment, else 0
/// @param offset where an active segment goes, else null
/// @param type [ValType] bits of the elements
/// @param functions function indices, or null
/// @param expressions one constant expression an element; empty if `functions` is used
/// @param start offset of the segment in the module, for messages
public record ElementSegment(
        SegmentMode mode,
        int table,
        @Nullable ConstExpr offset,
        int type,
        int @Nullable [] functions,
        List<ConstExpr> expressions,
        int start) {
    /// The number of elements.
    public int length() {
        return functions != null ? functions.length : expressions.size();
    }
}
