package dev.windlass.wasm.text;

import dev.windlass.wasm.binary.ByteWriter;

/// Bytes of the binary format under construction, with marks that say from where in the text they
/// came.
final class CodeBuffer {
    final ByteWriter bytes = new ByteWriter();

    /// Pairs of an offset here and an offset in the text; the first ascend.
    private final IntList marks = new IntList();

    int size() {
        return bytes.size();
    }

    /// What is written next stems from that offset in the text.
    void mark(int textOffset) {
        marks.add(bytes.size());
        marks.add(textOffset);
    }

    /// The pairs of offsets.
    int[] marks() {
        return marks.toArray();
    }

    /// Appends another buffer, its marks included.
    void append(CodeBuffer other) {
        for (int i = 0; i < other.marks.size(); i += 2) {
            marks.add(bytes.size() + other.marks.get(i));
            marks.add(other.marks.get(i + 1));
        }
        bytes.append(other.bytes);
    }

    /// Appends the length of another buffer and all of it.
    void sized(CodeBuffer other) {
        bytes.u32(other.size());
        append(other);
    }
}
