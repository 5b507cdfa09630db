package dev.windlass.llvm.lowering;

/// A function uses what is not compiled; it stays with the interpreter.
public final class UnsupportedInstruction extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param what the instruction's name
    public UnsupportedInstruction(String what) {
        super(what, null, false, false);
    }
}
