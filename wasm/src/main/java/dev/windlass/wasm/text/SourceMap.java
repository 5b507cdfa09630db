package dev.windlass.wasm.text;

import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.WasmException;
import java.util.Arrays;

/// From offsets in a module's bytes to places in the text that it was parsed from. Immutable.
public final class SourceMap {
    private final byte[] source;

    /// Whether the text gives the module as bytes: then all of them are at one place.
    private final boolean ofBytes;

    private final int[] codeOffsets;
    private final int[] textOffsets;

    /// @param marks pairs of an offset in the bytes, ascending, and one in the text
    SourceMap(byte[] source, int[] marks) {
        this(source, marks, false);
    }

    private SourceMap(byte[] source, int[] marks, boolean ofBytes) {
        this.source = source;
        this.ofBytes = ofBytes;
        codeOffsets = new int[marks.length / 2];
        textOffsets = new int[marks.length / 2];
        for (int i = 0; i < codeOffsets.length; i++) {
            codeOffsets[i] = marks[2 * i];
            textOffsets[i] = marks[2 * i + 1];
        }
    }

    /// For a module that a text gives as bytes, at that place.
    static SourceMap ofBytes(byte[] source, int textOffset) {
        return new SourceMap(source, new int[] {0, textOffset}, true);
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
        String reason =
                error.reason() + (ofBytes ? " at byte 0x" + Long.toHexString(error.offset()) : "");
        return switch (error) {
            case MalformedException _ -> place.malformed(reason);
            case InvalidException _ -> place.invalid(reason);
        };
    }
}
