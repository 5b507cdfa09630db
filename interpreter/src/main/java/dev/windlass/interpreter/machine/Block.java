package dev.windlass.interpreter.machine;

import org.jspecify.annotations.Nullable;

/// A basic block: statements and a terminator. All values of the guest lie in slots at its edges.
public abstract non-sealed class Block implements Built {
    /// Where the outermost call of a driver returns to; never run.
    public static final Block HALT =
            new Block() {
                @Override
                public Block run(long f, Machine m) {
                    throw new AssertionError("the driver stops before");
                }
            };

    /// Of a block where a call returns to: the callee's frame minus the caller's, in bytes.
    public int site;

    /// Of the entry block of a function: the size of its frame in bytes.
    public int frame;

    /// Of a block where a call returns to: the module offset of the call; else of the block's first
    /// instruction.
    public int at;

    /// The innermost exception handler around the instruction at [#at], or null.
    public @Nullable Handler handler;

    /// Executes the block.
    ///
    /// @param f address of the frame, which is `m.f`
    /// @return the next block
    public abstract Block run(long f, Machine m);

    /// Sets a successor, when it is known.
    ///
    /// @param edge 0 for the only one or the one taken, 1 for the one not taken; tables count
    public void link(int edge, Block target) {
        throw new AssertionError(getClass().getName());
    }
}
