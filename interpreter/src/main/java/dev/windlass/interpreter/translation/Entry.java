package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Jump;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.runtime.boundary.Raw;

/// The entry of a function with locals to zero. Every translation begins with one; where nothing is
/// to be zeroed the block after it is the entry.
final class Entry extends Jump {
    private static final int SHORT = 128;

    private int from;
    private int to;

    /// The block to enter the function by.
    ///
    /// @param frame the size of the frame
    Block finish(Locals locals, int frame) {
        Block entry = next;
        if (locals.needZeros()) {
            from = locals.zeroFrom();
            to = locals.zeroTo();
            at = next.at;
            entry = this;
        }
        entry.frame = frame;
        return entry;
    }

    @Override
    public Block run(long f, Machine m) {
        if (to - from > SHORT) {
            Raw.fill(f + from, to - from, (byte) 0);
        } else {
            for (int i = from; i < to; i += 8) {
                Raw.putLong(f, i, 0);
            }
        }
        return next.run(f, m);
    }
}
