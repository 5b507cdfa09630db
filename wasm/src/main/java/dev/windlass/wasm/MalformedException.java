package dev.windlass.wasm;

/// Bytes or text that do not follow the grammar.
public final class MalformedException extends WasmException {
    private static final long serialVersionUID = 1;

    /// In a binary module.
    ///
    /// @param reason begins with the specification's wording
    /// @param offset in bytes from the start of the module
    public MalformedException(String reason, long offset) {
        super(place(reason, offset), reason, offset, 0, 0);
    }

    /// In a text.
    ///
    /// @param line from 1
    /// @param column from 1
    public MalformedException(String reason, int line, int column) {
        super(place(reason, line, column), reason, -1, line, column);
    }
}
