package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.Numerical;
import dev.windlass.interpreter.generated.PlainBlocks;
import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.I64Const;
import dev.windlass.interpreter.machine.Local;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Structured control and branches. All operands are in their slots wherever a block ends.
final class ControlTranslation {
    private static final int MAX_STATEMENTS = 8;

    private final FunctionTranslator t;
    private final List<Label> labels = new ArrayList<>();

    /// Structured instructions that began in unreachable code and are still open.
    private int skipped;

    ControlTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void enterFunction() {
        labels.add(new Label(Opcode.UNREACHABLE, 0, new int[0], t.type.results(), null, 0));
    }

    void translate(Opcode op) {
        switch (op) {
            case UNREACHABLE -> unreachableInstruction();
            case NOP -> {}
            case BLOCK -> open(Opcode.BLOCK);
            case LOOP -> loop();
            case IF -> ifThen();
            case ELSE -> otherwise();
            case END -> end();
            case BR -> br(t.cursor.index);
            case BR_IF -> brIf(t.pop(), t.cursor.index);
            case BR_TABLE -> brTable();
            case RETURN -> returns();
            default -> throw new AssertionError(op);
        }
    }

    /// An instruction that cannot be reached: only the ends of what is open matter.
    void unreachable() {
        switch (t.cursor.opcode) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> skipped++;
            case DELEGATE -> {
                if (skipped > 0) {
                    skipped--;
                } else {
                    t.exceptions().delegate();
                }
            }
            case END -> {
                if (skipped > 0) {
                    skipped--;
                } else {
                    end();
                }
            }
            case ELSE -> {
                if (skipped == 0) {
                    otherwise();
                }
            }
            case CATCH, CATCH_ALL -> {
                if (skipped == 0) {
                    t.exceptions().translate(t.cursor.opcode);
                }
            }
            default -> {}
        }
    }

    private void unreachableInstruction() {
        t.stack.spillImpure();
        finish(new UnreachableBlock(t.blocks.body(), t.at()));
    }

    // Structured instructions.

    Label label(int depth) {
        return labels.get(labels.size() - 1 - depth);
    }

    int depth() {
        return labels.size();
    }

    Label innermost() {
        return labels.get(labels.size() - 1);
    }

    void removeInnermost() {
        labels.remove(labels.size() - 1);
    }

    /// Opens a structured instruction with the block type at the cursor.
    Label open(Opcode kind) {
        FuncType type = blockType(t.cursor);
        Label label =
                new Label(
                        kind,
                        t.stack.height() - type.params().length,
                        type.params(),
                        type.results(),
                        t.handler,
                        t.locals.mark());
        labels.add(label);
        return label;
    }

    FuncType blockType(Cursor cursor) {
        if (cursor.blockTypeIsIndex()) {
            return (FuncType) t.module.types().get(cursor.blockType).composite();
        }
        return cursor.blockType == Cursor.EMPTY_BLOCK
                ? FuncType.EMPTY
                : FuncType.of(new int[0], cursor.blockType);
    }

    private void loop() {
        t.stack.spillAll();
        continueAt(open(Opcode.LOOP).target);
    }

    private void ifThen() {
        Node condition = t.pop();
        t.stack.spillAll();
        t.stack.clearPopped();
        Label label = open(Opcode.IF);
        Block block = t.blocks.branch(condition);
        Target then = new Target();
        then.link(block, 0);
        label.otherwise.link(block, 1);
        t.blocks.finish(block);
        t.blocks.start(then, t.cursor.position());
    }

    private void otherwise() {
        Label label = innermost();
        if (t.blocks.isOpen()) {
            leave(label);
        }
        label.kind = Opcode.ELSE;
        begin(label, label.otherwise, label.params);
    }

    /// Starts another part of a structured instruction.
    void begin(Label label, Target target, int[] operands) {
        t.locals.forget(label.assigned);
        t.stack.reset(label.height, operands);
        t.blocks.start(target, t.cursor.position());
    }

    /// Goes on after a structured instruction from the end of one of its parts.
    void leave(Label label) {
        arrange(label);
        jump(label.target);
    }

    void end() {
        Label label = innermost();
        removeInnermost();
        t.handler = label.outer;
        if (labels.isEmpty()) {
            endFunction(label);
            return;
        }
        if (label.kind == Opcode.LOOP) {
            t.locals.forget(label.assigned);
            return;
        }
        if (label.kind == Opcode.IF) {
            endWithoutElse(label);
        }
        close(label);
    }

    /// Goes on after a structured instruction where all its parts meet.
    void close(Label label) {
        boolean open = t.blocks.isOpen();
        if (!label.target.isUsed() && !label.isMoved()) {
            // Only the end leads here, if anything does: the block goes on.
            t.locals.forget(label.assigned);
            return;
        }
        if (open) {
            arrange(label);
        }
        if (label.target.isUsed()) {
            if (open) {
                continueAt(label.target);
            } else {
                t.blocks.start(label.target, t.cursor.position());
            }
        }
        if (t.blocks.isOpen()) {
            t.locals.forget(label.assigned);
            t.stack.reset(label.height, label.results);
        }
    }

    private void endWithoutElse(Label label) {
        // The parameters are the results.
        if (t.blocks.isOpen()) {
            leave(label);
        }
        begin(label, label.otherwise, label.params);
        label.kind = Opcode.ELSE;
    }

    private void endFunction(Label label) {
        if (t.blocks.isOpen()) {
            returns();
        }
        if (label.target.isUsed()) {
            throw new AssertionError("branches to the function return by themselves");
        }
    }

    /// Goes on at a target: in the same block if nothing was done in it yet.
    private void continueAt(Target target) {
        if (t.blocks.isAtStart()) {
            t.blocks.bind(target);
        } else {
            jump(target);
            t.blocks.start(target, t.cursor.position());
        }
    }

    // Branches.

    /// Puts the operands that a branch takes along where its label expects them, the rest of the
    /// stack spilled.
    void arrange(Label label) {
        int[] types = label.branchTypes();
        int to = t.stack.slot(label.height);
        boolean isOne = types.length == 1 && types[0] != ValType.V128;
        if (isOne && t.stack.slot(t.stack.height() - 1) != to) {
            Node value = t.pop();
            t.stack.spillAll();
            t.stack.clearPopped();
            value.dst = to;
            t.blocks.add(value);
            return;
        }
        t.stack.spillAll();
        copies(types, t.stack.slot(label.height)).forEach(t.blocks::add);
    }

    /// Statements that copy the top operands, which are stored, down to a slot.
    List<Node> copies(int[] types, int to) {
        int first = t.stack.height() - types.length;
        List<Node> copies = new ArrayList<>();
        if (types.length == 0 || t.stack.slot(first) == to) {
            return copies;
        }
        int slot = to;
        for (int i = 0; i < types.length; i++) {
            copies.add(copy(types[i], t.stack.slot(first + i), slot));
            slot += 8 * ValType.slots(types[i]);
        }
        return copies;
    }

    /// Statements that copy the top operands, which still lie one slot lower, up to their slots.
    List<Node> copiesUp(int[] types) {
        int first = t.stack.height() - types.length;
        List<Node> copies = new ArrayList<>();
        for (int i = types.length - 1; i >= 0; i--) {
            int slot = t.stack.slot(first + i);
            copies.add(copy(types[i], slot - 8, slot));
        }
        return copies;
    }

    private static Node copy(int type, int from, int to) {
        if (type == ValType.V128) {
            return new CopyVector(from, to);
        }
        Node node = new Local(from);
        node.dst = to;
        return node;
    }

    void br(int depth) {
        Label label = label(depth);
        if (isFunction(label)) {
            returns();
            return;
        }
        arrange(label);
        jump(label.target);
    }

    private static boolean isFunction(Label label) {
        return label.kind == Opcode.UNREACHABLE;
    }

    private void jump(Target target) {
        if (!t.blocks.forward(target)) {
            Node[] statements = t.blocks.packed(MAX_STATEMENTS);
            Block block = PlainBlocks.jump(statements, statements.length);
            target.link(block, 0);
            t.blocks.finish(block);
        }
    }

    /// Branches if an i32 is not zero; it has been popped.
    void brIf(Node condition, int depth) {
        t.stack.spillAll();
        t.stack.clearPopped();
        Label label = label(depth);
        Target edge = edge(label);
        boolean isSelfLoop = edge == label.target && t.blocks.startsAt(label.target);
        Block block = isSelfLoop ? t.blocks.loop(condition) : t.blocks.branch(condition);
        edge.link(block, 0);
        Target next = new Target();
        next.link(block, 1);
        t.blocks.finish(block);
        t.blocks.start(next, t.cursor.position());
    }

    /// Where a conditional branch goes: the label's target, or a block that moves operands first.
    private Target edge(Label label) {
        if (isFunction(label)) {
            return edge(copies(label.results, 0), null);
        }
        List<Node> copies = copies(label.branchTypes(), t.stack.slot(label.height));
        return copies.isEmpty() ? label.target : edge(copies, label.target);
    }

    /// Where an exception handler goes whose label that is.
    Target arrival(Label label) {
        return isFunction(label) ? edge(List.of(), null) : label.target;
    }

    /// The frame offset where a label's operands begin.
    int slot(Label label) {
        return isFunction(label) ? 0 : t.stack.slot(label.height);
    }

    /// A block of copies that goes to a target, or returns.
    private Target edge(List<Node> copies, @Nullable Target to) {
        BlockBuilder edge = new BlockBuilder(false);
        Target target = new Target();
        edge.start(target, t.at());
        copies.forEach(edge::add);
        Node[] s = edge.packed(MAX_STATEMENTS);
        Block block = to == null ? PlainBlocks.ret(s, s.length) : PlainBlocks.jump(s, s.length);
        if (to != null) {
            to.link(block, 0);
        }
        edge.finish(block);
        return target;
    }

    private void brTable() {
        Node index = t.pop();
        t.stack.spillAll();
        t.stack.clearPopped();
        int count = t.cursor.labelCount;
        Target[] byDepth = new Target[labels.size()];
        TableBlock block = new TableBlock(t.blocks.body(), index, count);
        for (int i = 0; i < count; i++) {
            int depth = t.cursor.labels[i];
            if (byDepth[depth] == null) {
                byDepth[depth] = edge(label(depth));
            }
            byDepth[depth].link(block, i);
        }
        finish(block);
    }

    private void returns() {
        int[] results = t.type.results();
        if (results.length == 1 && results[0] != ValType.V128) {
            Node value = t.pop();
            t.stack.spillImpure();
            t.stack.clearPopped();
            value.dst = 0;
            if (!(value instanceof Local local && local.slot == 0)) {
                t.blocks.add(value);
            }
        } else {
            t.stack.spillAll();
            copies(results, 0).forEach(t.blocks::add);
        }
        Node[] statements = t.blocks.packed(MAX_STATEMENTS);
        finish(PlainBlocks.ret(statements, statements.length));
    }

    private void finish(Block block) {
        t.blocks.finish(block);
    }

    // Branches on references.

    void brOnNull(int depth) {
        t.stack.spillAll();
        int type = t.stack.type(t.stack.height() - 1);
        Node reference = t.pop();
        t.stack.clearPopped();
        brIf(Numerical.of(Opcode.I64_EQ, reference, new I64Const(0), t.at()), depth);
        t.stack.pushStored(ValType.isRef(type) ? type & ~ValType.NULLABLE : type);
    }

    /// Branches if the reference is, or is not, of a closed type; it stays an operand either way.
    void brOnCast(int depth, int type, boolean wanted) {
        t.stack.spillAll();
        int slot = t.stack.slot(t.stack.height() - 1);
        brIf(new RefTest(new Local(slot), type, wanted), depth);
    }

    void brOnNonNull(int depth) {
        t.stack.spillAll();
        int slot = t.stack.slot(t.stack.height() - 1);
        Node reference = new Local(slot);
        brIf(Numerical.of(Opcode.I64_NE, reference, new I64Const(0), t.at()), depth);
        t.pop();
        t.stack.clearPopped();
    }
}
