package dev.windlass.wasm.text;

import java.util.List;
import java.util.OptionalLong;

/// What a result in a script must look like.
public sealed interface ResultPattern {
    /// A number with just these bits.
    record Exactly(ScriptValue value) implements ResultPattern {}

    /// A vector whose lanes each match: as many numbers as the shape has lanes.
    ///
    /// @param shape as in the text format: `f32x4`
    record Lanes(String shape, List<ResultPattern> lanes) implements ResultPattern {}

    /// A NaN that is canonical, or arithmetic (any with the highest payload bit set).
    ///
    /// @param bits 32 or 64
    record Nan(int bits, boolean canonical) implements ResultPattern {}

    /// A null reference, whatever its type.
    record AnyNull() implements ResultPattern {}

    /// A reference that is not null to something of that heap type.
    ///
    /// @param keyword of the text format: `func`, `i31`, `struct`
    /// @param number the number of a host's value, if it matters
    record Reference(String keyword, OptionalLong number) implements ResultPattern {}

    /// One of several.
    record Either(List<ResultPattern> alternatives) implements ResultPattern {}
}
