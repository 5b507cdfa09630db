package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.StatementPairs;
import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Handler;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.interpreter.machine.Statements;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects the statements of the current block and finishes it with its terminator.
final class BlockBuilder {
    private final boolean countsFuel;
    private Node[] statements = new Node[16];
    private int count;
    private List<Target> starts = new ArrayList<>();
    private int startAt;

    // Of a block where a call returns to.
    private boolean isContinuation;
    private int site;
    private @Nullable Handler handler;

    private boolean isOpen;
    private @Nullable FuelCharge charge;

    BlockBuilder(boolean countsFuel) {
        this.countsFuel = countsFuel;
    }

    /// Whether the current position can be reached.
    boolean isOpen() {
        return isOpen;
    }

    /// Starts a block at a target.
    ///
    /// @param at offset of its first instruction
    void start(Target target, int at) {
        starts = new ArrayList<>(2);
        starts.add(target);
        count = 0;
        startAt = at;
        isContinuation = false;
        handler = null;
        isOpen = true;
        charge = null;
        if (countsFuel) {
            charge = new FuelCharge(at);
            add(charge);
        }
    }

    /// Starts the block where a call returns to.
    ///
    /// @param at offset of the call
    void startContinuation(Target target, int at, int site, @Nullable Handler handler) {
        start(target, at);
        isContinuation = true;
        this.site = site;
        this.handler = handler;
    }

    /// Whether a target can still be put at the start of this block.
    boolean isAtStart() {
        return count == 0;
    }

    /// Puts a target at the start of this empty block.
    void bind(Target target) {
        starts.add(target);
    }

    /// Whether this block starts at a target.
    boolean startsAt(Target target) {
        for (Target start : starts) {
            if (start == target) {
                return true;
            }
        }
        return false;
    }

    void add(Node statement) {
        if (count == statements.length) {
            statements = Arrays.copyOf(statements, 2 * count);
        }
        statements[count++] = statement;
    }

    /// An instruction is executed in this block.
    void countInstruction() {
        if (charge != null) {
            charge.amount++;
        }
    }

    // Terminators.

    /// Makes pairs of simple statements. No statement is added to the block afterwards.
    private void makePairs() {
        int n = 0;
        for (int i = 0; i < count; i++) {
            Node pair = i + 1 < count ? StatementPairs.of(statements[i], statements[i + 1]) : null;
            statements[n++] = pair == null ? statements[i] : pair;
            i += pair == null ? 0 : 1;
        }
        count = n;
    }

    /// A block that branches on a condition.
    Block branch(Node condition) {
        Node c = stepped(condition);
        makePairs();
        return c.branch(statements, count);
    }

    /// A block that repeats itself while a condition holds.
    Block loop(Node condition) {
        Node c = stepped(condition);
        makePairs();
        return c.loop(statements, count);
    }

    @SuppressWarnings("ReferenceEquality") // Identity is meant.
    private Node stepped(Node condition) {
        if (count == 0) {
            return condition;
        }
        Node c = condition.stepped(statements[count - 1]);
        if (c != condition) {
            count--;
        }
        return c;
    }

    /// All statements fit for a block with that many fields.
    Node[] packed(int max) {
        makePairs();
        Node[] packed = Statements.packed(statements, count, max);
        return Arrays.copyOf(packed, Math.min(count, max));
    }

    /// All statements as one, or null if there are none.
    @Nullable Node body() {
        return count == 0 ? null : packed(1)[0];
    }

    /// If nothing is done in this block, makes all that leads here lead to another target.
    boolean forward(Target to) {
        Target target = to.canonical();
        if (count > 0 || isContinuation) {
            return false;
        }
        for (Target start : starts) {
            if (start.canonical() == target) {
                return false;
            }
        }
        for (Target start : starts) {
            start.forward(target);
        }
        isOpen = false;
        return true;
    }

    /// The current block is complete.
    void finish(Block block) {
        block.at = startAt;
        if (isContinuation) {
            block.site = site;
            block.handler = handler;
        }
        for (Target start : starts) {
            start.resolve(block);
        }
        isOpen = false;
    }
}
