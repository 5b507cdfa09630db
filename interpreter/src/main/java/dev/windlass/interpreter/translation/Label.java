package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Handler;
import dev.windlass.wasm.Opcode;
import org.jspecify.annotations.Nullable;

/// A structured instruction that is open.
final class Label {
    /// `BLOCK`, `LOOP`, `IF`, `ELSE`, `TRY`, `CATCH`, `TRY_TABLE`; `UNREACHABLE` for the function.
    Opcode kind;

    /// Operands below its parameters.
    final int height;

    final int[] params;
    final int[] results;

    /// Where branches to it go: its start for a loop, else its end.
    final Target target = new Target();

    /// Where an `if` goes when the condition is zero.
    final Target otherwise = new Target();

    /// The handler outside of it.
    final @Nullable Handler outer;

    /// Locals known to be assigned when it began, as the length of the log.
    final int assigned;

    /// The handler of what is inside.
    @Nullable Handler inner;

    /// Of a legacy `try`, from its first `catch` on: its own handler.
    @Nullable ClauseHandler handler;

    /// Of a legacy `try`: the frame offset where the caught exception's reference is kept; else -1.
    int caughtSlot = -1;

    Label(
            Opcode kind,
            int height,
            int[] params,
            int[] results,
            @Nullable Handler outer,
            int assigned) {
        this.kind = kind;
        this.height = height;
        this.params = params;
        this.results = results;
        this.outer = outer;
        this.inner = outer;
        this.assigned = assigned;
    }

    /// Whether its operands are not where its results go.
    boolean isMoved() {
        return caughtSlot >= 0;
    }

    /// The types that a branch to it takes along.
    int[] branchTypes() {
        return kind == Opcode.LOOP ? params : results;
    }
}
