package dev.windlass.llvm.lowering;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Module;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a function pays for its instructions, and for how many at a time: at the start of each of
/// the blocks that the interpreter makes of it, so that both engines run out of fuel at the same
/// place with the same rest.
final class FuelPlan {
    /// @param amount instructions until the next block
    /// @param at the place that a trap for lack of fuel names
    record Charge(int amount, int at) {}

    /// By the offset where the block's first instruction is.
    private final Map<Integer, Charge> charges = new HashMap<>();

    private final List<Open> labels = new ArrayList<>();

    /// Structured instructions that began in unreachable code and are still open.
    private int skipped;

    // The current block.
    private boolean isOpen;
    private int start;
    private int at;
    private int amount;

    private FuelPlan() {}

    /// A structured instruction that is open, or the function.
    private static final class Open {
        boolean isLoop;

        /// Whether its condition has no `else` so far.
        boolean isIf;

        /// Whether anything leads to its end.
        boolean isUsed;
    }

    static FuelPlan of(Module module, int function) {
        FuelPlan plan = new FuelPlan();
        Cursor cursor = FunctionScan.body(module, function);
        plan.labels.add(new Open());
        plan.begin(cursor.position(), cursor.position());
        while (cursor.next()) {
            if (plan.isOpen) {
                plan.amount++;
                plan.instruction(cursor);
            } else {
                plan.unreachable(cursor);
            }
        }
        plan.finish();
        return plan;
    }

    /// What is to be paid at an offset, null for nothing.
    @Nullable Charge at(int position) {
        return charges.get(position);
    }

    private void instruction(Cursor c) {
        switch (c.opcode) {
            case BLOCK, TRY -> open();
            case TRY_TABLE -> tryTable(c);
            case LOOP -> {
                open().isLoop = true;
                begin(c);
            }
            case IF -> {
                open().isIf = true;
                begin(c);
            }
            case ELSE, CATCH, CATCH_ALL -> otherwise(c);
            case END, DELEGATE -> end(c);
            case BR_IF, BR_ON_NULL, BR_ON_NON_NULL, BR_ON_CAST, BR_ON_CAST_FAIL -> {
                use(c.index);
                begin(c);
            }
            case BR -> {
                use(c.index);
                finish();
            }
            case BR_TABLE -> {
                for (int i = 0; i < c.labelCount; i++) {
                    use(c.labels[i]);
                }
                finish();
            }
            case CALL, CALL_INDIRECT, CALL_REF -> begin(c.position(), c.offset0);
            case UNREACHABLE, RETURN, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF ->
                    finish();
            case THROW, THROW_REF, RETHROW -> finish();
            default -> {}
        }
    }

    private void unreachable(Cursor c) {
        switch (c.opcode) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> skipped++;
            case END, DELEGATE -> {
                if (skipped > 0) {
                    skipped--;
                } else {
                    end(c);
                }
            }
            case ELSE, CATCH, CATCH_ALL -> {
                if (skipped == 0) {
                    otherwise(c);
                }
            }
            default -> {}
        }
    }

    private Open open() {
        Open label = new Open();
        labels.add(label);
        return label;
    }

    private void use(int depth) {
        labels.get(labels.size() - 1 - depth).isUsed = true;
    }

    private void tryTable(Cursor c) {
        for (int i = 0; i < 3 * c.catchCount; i += 3) {
            use(c.catches[i + 2]);
        }
        open();
    }

    /// Another part of a structured instruction begins.
    private void otherwise(Cursor c) {
        Open label = labels.getLast();
        label.isUsed |= isOpen;
        label.isIf = false;
        begin(c);
    }

    private void end(Cursor c) {
        Open label = labels.removeLast();
        if (labels.isEmpty() || label.isLoop) {
            return;
        }
        if (label.isIf) {
            label.isUsed |= isOpen;
            begin(c);
        }
        // If nothing else leads here, the block goes on.
        if (label.isUsed) {
            begin(c);
        }
    }

    private void begin(Cursor c) {
        begin(c.position(), c.position());
    }

    private void begin(int position, int place) {
        finish();
        isOpen = true;
        start = position;
        at = place;
        amount = 0;
    }

    private void finish() {
        if (isOpen && amount > 0) {
            charges.put(start, new Charge(amount, at));
        }
        isOpen = false;
    }
}
