package dev.windlass.interpreter.translation;

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

    Node[] statements() {
        return statements;
    }

    int count() {
        return count;
    }

    /// The statements fit for a block with that many fields.
    Node[] packed(int max) {
        return Statements.packed(statements, count, max);
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
