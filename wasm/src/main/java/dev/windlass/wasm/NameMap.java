package dev.windlass.wasm;

import dev.windlass.wasm.internal.Errors;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A name map of the name section: indices in ascending order, and where in the module's bytes each
/// name, or each inner map of an indirect map, is. Names become strings when they are asked for.
final class NameMap {
    static final NameMap EMPTY = new NameMap(new int[0], new int[0]);

    private final int[] indices;
    private final int[] places;

    private NameMap(int[] indices, int[] places) {
        this.indices = indices;
        this.places = places;
    }

    /// Reads a map of names.
    ///
    /// @throws MalformedException if it is damaged
    static NameMap names(ByteReader in) {
        return read(in, false);
    }

    /// Reads a map of maps of names.
    ///
    /// @throws MalformedException if it is damaged
    static NameMap indirect(ByteReader in) {
        return read(in, true);
    }

    private static NameMap read(ByteReader in, boolean isIndirect) {
        int count = count(in);
        int[] indices = new int[count];
        int[] places = new int[count];
        for (int i = 0; i < count; i++) {
            int at = in.position();
            indices[i] = in.u32();
            if (indices[i] < 0 || (i > 0 && indices[i] <= indices[i - 1])) {
                throw Errors.malformed("name map: indices do not ascend", at);
            }
            places[i] = in.position();
            if (isIndirect) {
                skipNames(in);
            } else {
                in.skip(in.u32());
            }
        }
        return new NameMap(indices, places);
    }

    private static void skipNames(ByteReader in) {
        for (int left = count(in); left > 0; left--) {
            in.u32();
            in.skip(in.u32());
        }
    }

    private static int count(ByteReader in) {
        int count = in.u32();
        if (Integer.compareUnsigned(count, in.remaining()) > 0) {
            throw Errors.lengthOutOfBounds(in.position());
        }
        return count;
    }

    int size() {
        return indices.length;
    }

    /// The offset of what is stored for the index, or -1.
    int place(int index) {
        int found = Arrays.binarySearch(indices, index);
        return found < 0 ? -1 : places[found];
    }

    /// The name of the index; null if it has none, or none that is well-formed UTF-8.
    @Nullable String name(byte[] bytes, int index) {
        int place = place(index);
        if (place < 0) {
            return null;
        }
        try {
            return new ByteReader(bytes, place, bytes.length).name();
        } catch (MalformedException e) {
            return null;
        }
    }
}
