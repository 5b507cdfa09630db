package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/// The locals of a function as SSA values. A local is looked up backwards along the blocks; a phi is
/// made where blocks meet with different values, and at a loop's header for what the loop assigns.
/// Nothing recurses, because functions have tens of thousands of blocks in a row.
///
/// @see <a href="https://doi.org/10.1007/978-3-642-37051-9_6">Braun et al., Simple and efficient
///     construction of static single assignment form</a>
final class LocalValues {
    /// A phi whose operands are still to be added.
    private record Pending(SsaBlock block, int local, long phi) {}

    private final Ir ir;
    private final long[] types;
    private final List<Pending> pending = new ArrayList<>();
    private boolean isFilling;

    SsaBlock current;

    /// @param types LLVM's type of each local
    LocalValues(Ir ir, long[] types, SsaBlock entry) {
        this.ir = ir;
        this.types = types;
        this.current = entry;
    }

    void set(int local, long value) {
        current.values.put(local, value);
    }

    long get(int local) {
        return get(local, current);
    }

    private long get(int local, SsaBlock block) {
        long value = block.values.get(local);
        if (value == 0) {
            long here = ir.currentBlock();
            value = find(local, block);
            fillPhis();
            ir.at(here);
        }
        return value;
    }

    private long find(int local, SsaBlock start) {
        Deque<SsaBlock> open = new ArrayDeque<>();
        open.push(start);
        while (!open.isEmpty()) {
            SsaBlock block = open.peek();
            if (block.values.get(local) != 0 || settle(local, block, open)) {
                open.pop();
            }
        }
        return start.values.get(local);
    }

    /// Gives a block its value if its predecessors have theirs; else one of them comes first.
    private boolean settle(int local, SsaBlock block, Deque<SsaBlock> open) {
        BitSet assigned = block.assigned;
        if (assigned != null) {
            if (assigned.get(local)) {
                block.values.put(local, loopPhi(local, block));
                return true;
            }
            return inherit(local, block, open);
        }
        return block.predecessors.size() == 1
                ? inherit(local, block, open)
                : join(local, block, open);
    }

    private static boolean inherit(int local, SsaBlock block, Deque<SsaBlock> open) {
        SsaBlock before = block.predecessors.getFirst().from();
        long value = before.values.get(local);
        if (value == 0) {
            open.push(before);
            return false;
        }
        block.values.put(local, value);
        return true;
    }

    private boolean join(int local, SsaBlock block, Deque<SsaBlock> open) {
        long common = 0;
        boolean isCommon = true;
        for (SsaBlock.Edge edge : block.predecessors) {
            long value = edge.from().values.get(local);
            if (value == 0) {
                open.push(edge.from());
                return false;
            }
            isCommon &= common == 0 || common == value;
            common = value;
        }
        block.values.put(local, isCommon ? common : joinPhi(local, block));
        return true;
    }

    private long joinPhi(int local, SsaBlock block) {
        long phi = newPhi(local, block);
        for (SsaBlock.Edge edge : block.predecessors) {
            ir.addIncoming(phi, edge.from().values.get(local), edge.llvm());
        }
        return phi;
    }

    private long loopPhi(int local, SsaBlock block) {
        long phi = newPhi(local, block);
        if (block.isSealed) {
            pending.add(new Pending(block, local, phi));
        } else {
            block.phis.add(new SsaBlock.LoopPhi(local, phi));
        }
        return phi;
    }

    private long newPhi(int local, SsaBlock block) {
        ir.atStart(block.start);
        return ir.phi(types[local]);
    }

    /// All branches back to a loop's header are known.
    void seal(SsaBlock loop) {
        loop.isSealed = true;
        long here = ir.currentBlock();
        for (SsaBlock.LoopPhi p : loop.phis) {
            pending.add(new Pending(loop, p.local(), p.phi()));
        }
        loop.phis.clear();
        fillPhis();
        ir.at(here);
    }

    /// Adds the operands of phis; looking for them may make more phis.
    private void fillPhis() {
        if (isFilling) {
            return;
        }
        isFilling = true;
        while (!pending.isEmpty()) {
            Pending p = pending.removeLast();
            for (SsaBlock.Edge edge : p.block.predecessors) {
                long value = edge.from().values.get(p.local);
                ir.addIncoming(p.phi, value != 0 ? value : find(p.local, edge.from()), edge.llvm());
            }
        }
        isFilling = false;
    }
}
