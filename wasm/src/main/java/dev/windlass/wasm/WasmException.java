package dev.windlass.wasm;

/// A module or text that is not WebAssembly: one of [MalformedException] and [InvalidException].
/// No other exception leaves the readers and the validator, whatever the input.
public abstract sealed class WasmException extends RuntimeException
        permits MalformedException, InvalidException {
    private static final long serialVersionUID = 1;

    private final String reason;
    private final long offset;
    private final int line;
    private final int column;

    WasmException(String message, String reason, long offset, int line, int column) {
        super(message);
        this.reason = reason;
        this.offset = offset;
        this.line = line;
        this.column = column;
    }

    /// The reason alone, beginning with the specification's wording.
    public String reason() {
        return reason;
    }

    /// The byte offset in a binary module, or -1 for text.
    public long offset() {
        return offset;
    }

    /// The line in a text, from 1, or 0 for a binary module.
    public int line() {
        return line;
    }

    /// The column in a text, from 1, or 0 for a binary module.
    public int column() {
        return column;
    }

    static String place(String reason, long offset) {
        return reason + " (at offset 0x" + Long.toHexString(offset) + ")";
    }

    static String place(String reason, int line, int column) {
        return reason + " (at line " + line + ", column " + column + ")";
    }
}
