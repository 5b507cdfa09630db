package dev.windlass.wasm;

import org.jspecify.annotations.Nullable;

/// A data segment: a slice of the module's bytes.
///
/// @param mode active or passive
/// @param memory the memory of an active segment, else 0
/// @param offset where an active segment goes, else null
/// @param start offset of the content in [Module#bytes()]
/// @param length bytes
public record DataSegment(
        SegmentMode mode, int memory, @Nullable ConstExpr offset, int start, int length) {}
