package dev.windlass.wasm.text;

import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.WasmException;
import java.util.Arrays;

/// From offsets in a module's bytes to places in the text that it was parsed from. Immutable.
public final class SourceMap {
    private final byte[] source;
    private final int[] codeOffsets;
    private final int[] textOffsets;

    /// @param marks pairs of an offset in the bytes, ascending, and one in the text
    SourceMap(byte[] source, int[] marks) {
        this.source = source;
        codeOffsets = new int[marks.length / 2];
        textOffsets = new int[marks.length / 2];
        for (int i = 0; i < codeOffsets.length; i++) {
            codeOffsets[i] = marks[2 * i];
            textOffsets[i] = marks[2 * i + 1];
        }
    }

    /// The line and the column, from 1, of what became the byte at that offset.
    Place place(long offset) {
        int at = Arrays.binarySearch(codeOffsets, (int) Math.min(offset, Integer.MAX_VALUE));
        int entry = at >= 0 ? at : -at - 2;
        return Place.of(source, entry < 0 ? 0 : textOffsets[entry]);
    }

    /// The line, from 1, of what became the byte at that offset.
    public int line(long offset) {
        return place(offset).line();
    }

    /// The column, from 1, of what became the byte at that offset.
    public int column(long offset) {
        return place(offset).column();
    }

    /// The same error with line and column in place of a byte offset.
    public WasmException locate(WasmException error) {
        if (error.offset() < 0) {
            return error;
        }
        Place place = place(error.offset());
        return switch (error) {
            case MalformedException e -> place.malformed(e.reason());
            case InvalidException e -> place.invalid(e.reason());
        };
    }
}
