package dev.windlass.llvm.lowering;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the exceptions out of the body of a `try_table` or `try` go.
final class Handler {
    /// A clause of a `try_table`.
    ///
    /// @param tag index, or [#ANY]
    /// @param takesReference whether the label gets the exception's reference after its arguments
    record Clause(int tag, boolean takesReference, Label label) {}

    /// The tag of a clause that takes everything.
    static final int ANY = -1;

    final List<Clause> clauses = new ArrayList<>(1);

    /// What gets the exceptions that this does not take; null: whoever called the function.
    @Nullable Handler outer;

    /// The block that every call in the body leads to; null if there is none.
    @Nullable SsaBlock landing;

    /// The reference to the exception, once the landing is built.
    long caught;

    /// Where the question goes on which clause takes the exception; null if that is settled.
    @Nullable SsaBlock next;

    Handler(@Nullable Handler outer) {
        this.outer = outer;
    }
}
