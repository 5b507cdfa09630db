package dev.windlass.llvm.lowering;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A block of the function as far as its locals go: it may be several of LLVM's blocks in a row,
/// because a check that traps splits those.
final class SsaBlock {
    /// LLVM's block that it starts with: where its phis go.
    final long start;

    /// A block that leads here, and LLVM's block that the branch is in.
    record Edge(SsaBlock from, long llvm) {}

    final List<Edge> predecessors = new ArrayList<>(2);

    /// The value of each local at the end, as far as known.
    final LongMap values = new LongMap();

    /// Of a loop's header, the locals that the loop assigns; else null.
    final @Nullable BitSet assigned;

    /// Of a loop's header, whether all branches back are known.
    boolean isSealed;

    /// A phi of a loop's header without operands yet.
    record LoopPhi(int local, long phi) {}

    /// Of an unsealed loop's header.
    final List<LoopPhi> phis = new ArrayList<>(0);

    SsaBlock(long start, @Nullable BitSet assigned) {
        this.start = start;
        this.assigned = assigned;
    }
}
