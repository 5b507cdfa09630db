package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.PlainBlocks;
import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Handler;
import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.ExceptionInstance;
import dev.windlass.runtime.boundary.Raw;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A handler with clauses: of a `try_table`, or of a legacy `try`, whose clauses come one by one.
final class ClauseHandler extends Handler {
    /// The tag of a clause that takes everything.
    static final int ANY = -1;

    private static final int NOWHERE = -1;

    private final List<Clause> clauses = new ArrayList<>();

    /// @param tag index, or [#ANY]
    /// @param block goes to where the exception is handled
    /// @param values frame offset for the exception's arguments
    /// @param reference frame offset for the reference to the exception, [#NOWHERE] for none,
    ///     [#AFTER] for the slot after the arguments
    private record Clause(int tag, Block block, int values, int reference) {}

    private static final int AFTER = -2;

    ClauseHandler(@Nullable Handler outer) {
        super(outer);
    }

    /// A clause of a `try_table`.
    ///
    /// @param takesReference whether the label gets the exception's reference after the arguments
    void add(int tag, boolean takesReference, Target target, int slot) {
        clauses.add(new Clause(tag, jump(target), slot, takesReference ? AFTER : NOWHERE));
    }

    /// A clause of a legacy `try`.
    ///
    /// @param caught frame offset where the reference is kept for `rethrow`; arguments follow
    void addLegacy(int tag, Target target, int caught) {
        clauses.add(new Clause(tag, jump(target), caught + 8, caught));
    }

    private static Block jump(Target target) {
        Block block = PlainBlocks.jump(new Node[0], 0);
        target.link(block, 0);
        return block;
    }

    @Override
    public @Nullable Block handles(ExceptionInstance exception, long f, Machine m) {
        for (Clause clause : clauses) {
            boolean any = clause.tag == ANY;
            if (any || m.moduleInstance().tag(clause.tag) == exception.tag()) {
                deliver(exception, clause, !any, f, m);
                return clause.block;
            }
        }
        return null;
    }

    private static void deliver(
            ExceptionInstance exception, Clause clause, boolean values, long f, Machine m) {
        long slot = f + clause.values;
        if (values) {
            for (long value : exception.slots()) {
                Raw.putLong(slot, value);
                slot += 8;
            }
        }
        if (clause.reference != NOWHERE) {
            long reference = clause.reference == AFTER ? slot : f + clause.reference;
            Raw.putLong(reference, m.store.handle(exception));
        }
    }
}
