package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Opcode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state machines of a function: loops that begin with a `br_table` on a local, over blocks that
/// hold the rest. Compilers make them of jumps that WebAssembly has no instruction for; Go's makes
/// all its jumps so. A branch to such a loop right after the local was set to a constant is a jump to
/// where the table leads.
final class Dispatches {
    /// A loop that begins with a table.
    static final class Dispatch {
        /// The offset of the table.
        final int table;

        /// The blocks around the table, the innermost first: those that jumps lead back to.
        final BitSet heads = new BitSet();

        /// Whether other branches than jumps lead back to the loop.
        boolean isLoop;

        private final int local;

        /// How many blocks are directly around the table.
        private final int blocks;

        private final int[] labels;
        private int closed;

        private Dispatch(int table, int local, int blocks, int[] labels) {
            this.table = table;
            this.local = local;
            this.blocks = blocks;
            this.labels = labels;
        }

        private int label(int state) {
            int last = labels.length - 1;
            return labels[Integer.compareUnsigned(state, last) < 0 ? state : last];
        }
    }

    /// A branch that is a jump.
    ///
    /// @param block counts the blocks around the table, from the innermost, whose end it leads to
    /// @param isBack whether that end was before
    record Jump(int block, boolean isBack) {}

    /// A structured instruction that is open.
    private static final class Open {
        final int at;
        final Opcode kind;
        final boolean hasType;

        /// Of a loop.
        @Nullable Dispatch dispatch;

        /// Of a block around a table.
        @Nullable Dispatch around;

        Open(Cursor cursor) {
            at = cursor.offset0;
            kind = cursor.opcode;
            hasType = cursor.blockTypeIsIndex() || cursor.blockType != Cursor.EMPTY_BLOCK;
        }

        boolean isPlain(Opcode wanted) {
            return kind == wanted && !hasType;
        }
    }

    /// What the instructions before the current one were.
    private enum Before {
        BLOCKS,
        BLOCKS_AND_GET,
        CONST,
        CONST_AND_SET,
        OTHER
    }

    private final Map<Integer, Dispatch> byLoop = new HashMap<>();
    private final Map<Integer, Jump> jumps = new HashMap<>();
    private final List<Open> open = new ArrayList<>();
    private Before before = Before.OTHER;
    private int constant;
    private int local;

    /// The table that a loop begins with.
    ///
    /// @param loop its offset
    @Nullable Dispatch ofLoop(int loop) {
        return byLoop.get(loop);
    }

    /// Where a branch jumps to, if that is known.
    ///
    /// @param branch its offset
    @Nullable Jump jump(int branch) {
        return jumps.get(branch);
    }

    /// Takes the next instruction of the function.
    void instruction(Cursor cursor) {
        Before now = Before.OTHER;
        switch (cursor.opcode) {
            case LOOP -> {
                open.add(new Open(cursor));
                now = Before.BLOCKS;
            }
            case BLOCK -> {
                open.add(new Open(cursor));
                now = before == Before.BLOCKS ? Before.BLOCKS : Before.OTHER;
            }
            case IF, TRY -> open.add(new Open(cursor));
            case TRY_TABLE -> {
                loopAll();
                open.add(new Open(cursor));
            }
            case END, DELEGATE -> close();
            case LOCAL_GET -> {
                local = cursor.index;
                now = before == Before.BLOCKS ? Before.BLOCKS_AND_GET : Before.OTHER;
            }
            case I32_CONST -> {
                constant = (int) cursor.bitsLow;
                now = Before.CONST;
            }
            case LOCAL_SET -> {
                local = cursor.index;
                now = before == Before.CONST ? Before.CONST_AND_SET : Before.OTHER;
            }
            case BR -> branch(cursor);
            case BR_IF -> loop(cursor.index);
            case BR_TABLE -> table(cursor);
            case BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> loopAll();
            default -> {}
        }
        before = now;
    }

    private void close() {
        if (open.isEmpty()) {
            return;
        }
        Dispatch around = open.removeLast().around;
        if (around != null) {
            around.closed++;
        }
    }

    private void branch(Cursor cursor) {
        int depth = cursor.index;
        Dispatch dispatch = depth < open.size() ? at(depth).dispatch : null;
        if (dispatch == null) {
            return;
        }
        int label = dispatch.label(constant);
        if (before != Before.CONST_AND_SET || local != dispatch.local || label >= dispatch.blocks) {
            dispatch.isLoop = true;
            return;
        }
        boolean isBack = label < dispatch.closed;
        jumps.put(cursor.offset0, new Jump(label, isBack));
        if (isBack) {
            dispatch.heads.set(label);
        }
    }

    private void table(Cursor cursor) {
        int blocks = 0;
        while (blocks < open.size() && at(blocks).isPlain(Opcode.BLOCK)) {
            blocks++;
        }
        boolean isInLoop = blocks < open.size() && at(blocks).isPlain(Opcode.LOOP);
        if (isInLoop && before == Before.BLOCKS_AND_GET) {
            begin(cursor, blocks);
        }
        for (int i = 0; i < cursor.labelCount; i++) {
            loop(cursor.labels[i]);
        }
    }

    private void begin(Cursor table, int blocks) {
        int[] labels = Arrays.copyOf(table.labels, table.labelCount);
        Dispatch dispatch = new Dispatch(table.offset0, local, blocks, labels);
        for (int i = 0; i < blocks; i++) {
            at(i).around = dispatch;
        }
        at(blocks).dispatch = dispatch;
        byLoop.put(at(blocks).at, dispatch);
    }

    private Open at(int depth) {
        return open.get(open.size() - 1 - depth);
    }

    /// A branch that is no jump leads to a label.
    private void loop(int depth) {
        Dispatch dispatch = depth < open.size() ? at(depth).dispatch : null;
        if (dispatch != null) {
            dispatch.isLoop = true;
        }
    }

    /// Branches that are rare in such loops may lead anywhere.
    private void loopAll() {
        for (Open o : open) {
            if (o.dispatch != null) {
                o.dispatch.isLoop = true;
            }
        }
    }
}
