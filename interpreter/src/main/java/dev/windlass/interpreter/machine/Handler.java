package dev.windlass.interpreter.machine;

import dev.windlass.runtime.ExceptionInstance;
import org.jspecify.annotations.Nullable;

/// What a `try_table` or `try` does with exceptions out of its body. Shared by threads.
public abstract class Handler {
    /// The handler that gets what this one does not take, or null.
    public @Nullable Handler outer;

    protected Handler(@Nullable Handler outer) {
        this.outer = outer;
    }

    /// The block that takes the exception, its values stored to the frame, or null.
    ///
    /// @param f address of the frame that the handler belongs to
    public abstract @Nullable Block handles(ExceptionInstance exception, long f, Machine m);
}
