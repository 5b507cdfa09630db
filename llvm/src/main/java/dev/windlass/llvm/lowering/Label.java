package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Opcode;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// A structured instruction that is open, or the function itself.
final class Label {
    /// `block`, `loop`, `if`, `else`; `unreachable` for the function.
    Opcode kind;

    /// Operands below its parameters.
    final int height;

    final int[] params;
    final int[] results;

    /// Where branches go: a loop's header, or what follows the end; null until something leads there.
    @Nullable SsaBlock target;

    /// The phis of the operands that branches take along.
    long[] phis = {};

    /// Of a loop, and of a block whose end jumps lead back to, the locals that the loop assigns.
    @Nullable BitSet assigned;

    /// Of a loop that begins with a table.
    Dispatches.@Nullable Dispatch dispatch;

    /// The blocks around that table, the innermost first.
    Label[] dispatched = {};

    /// Of an `if`, LLVM's block of what is to be done otherwise, and where the branch to it is.
    long otherwise;

    @Nullable SsaBlock condition;
    long conditionBlock;

    /// What gets the exceptions of the code inside, and of the code around.
    @Nullable Handler inner;

    @Nullable Handler outer;

    /// Of a `try_table` or `try`.
    @Nullable Handler handler;

    /// The parameters of an `if`, for its `else`.
    long[] arguments = {};

    Label(Opcode kind, int height, int[] params, int[] results) {
        this.kind = kind;
        this.height = height;
        this.params = params;
        this.results = results;
    }

    /// The types that a branch takes along.
    int[] branchTypes() {
        return kind == Opcode.LOOP ? params : results;
    }
}
