package dev.windlass.llvm.explore;

import java.util.List;

/// One form of a function.
///
/// @param title what it is
public record Listing(String title, List<Line> lines) {
    /// @param offset of the WebAssembly instruction, in its module, that the line stands for, or
    ///     that the line before stands for
    /// @param text of it
    public record Line(int offset, String text) {}

    public Listing {
        lines = List.copyOf(lines);
    }
}
