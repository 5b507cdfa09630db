package dev.windlass.llvm.lowering;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.runtime.TrapKind;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Structured control and branches.
final class ControlLowering {
    private final FunctionLowering f;
    private final Ir ir;
    private final List<Label> labels = new ArrayList<>();

    /// Loops so far, reachable or not: the number of the next one.
    private int loops;

    private boolean isReachable = true;

    /// Structured instructions that began in unreachable code and are still open.
    private int skipped;

    ControlLowering(FunctionLowering f) {
        this.f = f;
        this.ir = f.ir;
    }

    boolean isReachable() {
        return isReachable;
    }

    void enterFunction() {
        labels.add(new Label(Opcode.UNREACHABLE, 0, new int[0], f.type.results()));
    }

    void lower(Opcode op) {
        switch (op) {
            case UNREACHABLE -> {
                f.trap(TrapKind.UNREACHABLE);
                stop();
            }
            case NOP -> {}
            case BLOCK -> open(Opcode.BLOCK);
            case LOOP -> loop();
            case IF -> ifThen();
            case ELSE -> otherwise();
            case END -> end();
            case BR -> jumpOrBranch();
            case BR_IF -> brIf(f.stack.popCondition(), f.cursor.index);
            case BR_TABLE -> brTable();
            case RETURN -> br(labels.size() - 1);
            default -> throw new AssertionError(op);
        }
    }

    /// An instruction that cannot be reached: only the ends of what is open matter.
    void unreachable() {
        switch (f.cursor.opcode) {
            case LOOP -> {
                loops++;
                skipped++;
            }
            case BLOCK, IF, TRY, TRY_TABLE -> skipped++;
            case END -> {
                if (skipped > 0) {
                    skipped--;
                } else {
                    end();
                }
            }
            case DELEGATE -> {
                if (skipped > 0) {
                    skipped--;
                } else {
                    f.exceptions().delegate();
                }
            }
            case CATCH, CATCH_ALL -> {
                if (skipped == 0) {
                    f.exceptions().lower(f.cursor.opcode);
                }
            }
            case ELSE -> {
                if (skipped == 0) {
                    otherwise();
                }
            }
            default -> {}
        }
    }

    /// What follows cannot be reached.
    void stop() {
        isReachable = false;
    }

    // Structured instructions.

    Label label(int depth) {
        return labels.get(labels.size() - 1 - depth);
    }

    Label innermost() {
        return labels.getLast();
    }

    Label open(Opcode kind) {
        FuncType type = blockType(f.cursor);
        Label label =
                new Label(
                        kind,
                        f.stack.height() - type.params().length,
                        type.params(),
                        type.results());
        label.inner = f.exceptions().handler();
        label.outer = label.inner;
        labels.add(label);
        return label;
    }

    FuncType blockType(Cursor cursor) {
        if (cursor.blockTypeIsIndex()) {
            return f.m.functionTypeAt(cursor.blockType);
        }
        return cursor.blockType == Cursor.EMPTY_BLOCK
                ? FuncType.EMPTY
                : FuncType.of(new int[0], cursor.blockType);
    }

    private void loop() {
        Label label = open(Opcode.LOOP);
        label.assigned = f.scan.assignedInLoop.get(loops++);
        label.dispatch = f.dispatch();
        boolean isLoop = label.dispatch == null || label.dispatch.isLoop;
        SsaBlock header = new SsaBlock(f.block("loop"), isLoop ? label.assigned : null);
        header.isSealed = !isLoop;
        label.target = header;
        long[] arguments = f.stack.pop(label.params.length);
        header.predecessors.add(edge());
        long from = ir.currentBlock();
        ir.br(header.start);
        ir.at(header.start);
        label.phis = phis(label.params);
        for (int i = 0; i < arguments.length; i++) {
            ir.addIncoming(label.phis[i], arguments[i], from);
            f.push(label.params[i], label.phis[i]);
        }
        f.locals.current = header;
        if (isLoop) {
            poll();
        }
    }

    /// The interrupt word is looked at in every turn of every loop.
    private void poll() {
        long word =
                ir.makeVolatile(
                        ir.context(
                                ir.load(ir.i32, ir.offset(f.context, ContextLayout.INTERRUPT), 4)));
        long interrupted = f.block("interrupted");
        long body = f.block("body");
        ir.unlikely(ir.icmp(Ir.NE, word, ir.i32(0)), interrupted, body);
        ir.at(interrupted);
        f.m.interrupted(f.context);
        ir.br(body);
        ir.at(body);
    }

    private void ifThen() {
        long condition = f.stack.popCondition();
        Label label = open(Opcode.IF);
        label.arguments = topOperands(label.params.length);
        label.otherwise = f.block("else");
        label.condition = f.locals.current;
        label.conditionBlock = ir.currentBlock();
        long then = f.block("then");
        ir.condBr(condition, then, label.otherwise);
        follow(then);
    }

    /// Goes on in a block that only the current one leads to.
    void follow(long start) {
        SsaBlock next = new SsaBlock(start, null);
        next.predecessors.add(edge());
        at(next);
    }

    /// Goes on at the start of a block.
    void at(SsaBlock block) {
        ir.at(block.start);
        f.locals.current = block;
    }

    /// Begins another part of a structured instruction.
    void begin(Label label, SsaBlock block) {
        at(block);
        f.stack.cut(label.height);
        isReachable = true;
    }

    SsaBlock.Edge edge() {
        return new SsaBlock.Edge(f.locals.current, ir.currentBlock());
    }

    private void otherwise() {
        Label label = labels.getLast();
        if (isReachable) {
            branch(label);
        }
        beginElse(label);
    }

    private void beginElse(Label label) {
        label.kind = Opcode.ELSE;
        SsaBlock block = new SsaBlock(label.otherwise, null);
        SsaBlock condition = label.condition;
        if (condition == null) {
            throw new AssertionError("else without if");
        }
        block.predecessors.add(new SsaBlock.Edge(condition, label.conditionBlock));
        begin(label, block);
        for (int i = 0; i < label.params.length; i++) {
            f.push(label.params[i], label.arguments[i]);
        }
    }

    void end() {
        Label label = labels.getLast();
        if (label.kind == Opcode.LOOP) {
            labels.removeLast();
            seal(label);
            // What follows is only reached from the end of the body, with its results on the stack.
            return;
        }
        if (label.kind == Opcode.IF) {
            if (isReachable) {
                branch(label);
            }
            beginElse(label);
        }
        boolean passes = isPassedThrough(label);
        if (isReachable && !passes) {
            branch(label);
        }
        labels.removeLast();
        f.exceptions().close(label);
        if (!passes) {
            follow(label);
        }
        if (labels.isEmpty() && isReachable) {
            returns();
        }
    }

    /// All branches back to a loop are known, and all jumps back inside of it.
    private void seal(Label loop) {
        f.locals.seal(Objects.requireNonNull(loop.target));
        for (Label block : loop.dispatched) {
            if (block.assigned != null && block.target != null) {
                f.locals.seal(block.target);
            }
        }
    }

    /// Whether nothing branches to the end of a block, so that the code just goes on with the results
    /// on the stack.
    private boolean isPassedThrough(Label label) {
        boolean isBlock = label.kind == Opcode.BLOCK || label.kind == Opcode.UNREACHABLE;
        return isBlock && isReachable && label.target == null;
    }

    /// Goes on after a structured instruction, where all branches to it meet.
    private void follow(Label label) {
        SsaBlock target = label.target;
        f.stack.cut(label.height);
        isReachable = target != null;
        if (target == null) {
            return;
        }
        at(target);
        for (int i = 0; i < label.results.length; i++) {
            f.push(label.results[i], label.phis[i]);
        }
    }

    private long[] phis(int[] types) {
        long[] phis = new long[types.length];
        for (int i = 0; i < types.length; i++) {
            phis[i] = ir.phi(f.m.type(types[i]));
        }
        return phis;
    }

    // Branches.

    /// Ends the block by going to a label with the top operands.
    void branch(Label label) {
        branch(label, topOperands(label.branchTypes().length));
    }

    /// Ends the block by going to a label with certain values.
    void branch(Label label, long[] values) {
        SsaBlock target = arrive(label, values);
        ir.br(target.start);
    }

    /// The block of a label, told that the current one leads there.
    private SsaBlock arrive(Label label) {
        return arrive(label, topOperands(label.branchTypes().length));
    }

    /// The top operands, which stay; the deepest first.
    private long[] topOperands(int count) {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = f.stack.value(count - 1 - i);
        }
        return values;
    }

    private SsaBlock arrive(Label label, long[] values) {
        SsaBlock target = label.target;
        if (target == null) {
            target = new SsaBlock(f.block("end"), label.assigned);
            label.target = target;
            long here = ir.currentBlock();
            ir.at(target.start);
            label.phis = phis(label.branchTypes());
            ir.at(here);
        }
        if (target.isSealed) {
            throw new AssertionError("a branch that the scan has not seen");
        }
        SsaBlock.Edge edge = edge();
        target.predecessors.add(edge);
        for (int i = 0; i < values.length; i++) {
            ir.addIncoming(label.phis[i], values[i], edge.llvm());
        }
        return target;
    }

    /// A jump back is a turn of a loop.
    private void jumpOrBranch() {
        Dispatches.Jump jump = f.jump();
        if (jump == null) {
            br(f.cursor.index);
            return;
        }
        if (jump.isBack()) {
            poll();
        }
        branch(label(f.cursor.index).dispatched[jump.block()]);
        stop();
    }

    void br(int depth) {
        branch(label(depth));
        stop();
    }

    /// Branches if a bit is set.
    void brIf(long condition, int depth) {
        Label label = label(depth);
        SsaBlock target = arrive(label);
        long next = f.block("next");
        ir.condBr(condition, target.start, next);
        follow(next);
    }

    /// Each label gets one edge, however often the table names it.
    private void brTable() {
        long index = f.pop();
        int count = f.cursor.labelCount;
        prepareJumps();
        Map<Integer, Long> blocks = new HashMap<>();
        long[] targets = new long[count];
        for (int i = 0; i < count; i++) {
            targets[i] = blocks.computeIfAbsent(f.cursor.labels[i], this::edgeBlock);
        }
        long switchOn = ir.switchOn(index, targets[count - 1], count - 1);
        for (int i = 0; i < count - 1; i++) {
            ir.addCase(switchOn, ir.i32(i), targets[i]);
        }
        stop();
    }

    /// The table may be one that a loop begins with.
    private void prepareJumps() {
        int blocks = 0;
        while (blocks < labels.size() - 1 && label(blocks).kind == Opcode.BLOCK) {
            blocks++;
        }
        Label loop = label(blocks);
        Dispatches.Dispatch dispatch = loop.dispatch;
        if (dispatch == null || dispatch.table != f.at()) {
            return;
        }
        loop.dispatched = new Label[blocks];
        for (int i = 0; i < blocks; i++) {
            Label block = label(i);
            block.assigned = dispatch.heads.get(i) ? loop.assigned : null;
            loop.dispatched[i] = block;
        }
    }

    /// A block that does nothing but branch to a label. Operands are materialised before.
    private long edgeBlock(int depth) {
        Label label = label(depth);
        long[] values = topOperands(label.branchTypes().length);
        long here = ir.currentBlock();
        long block = f.block("edge");
        ir.at(block);
        SsaBlock target = arrive(label, values);
        ir.br(target.start);
        ir.at(here);
        return block;
    }

    /// Returns with the results on the stack.
    private void returns() {
        long[] results = f.stack.pop(f.type.results().length);
        f.m.storeFurtherResults(f, results);
        if (results.length == 0) {
            ir.retVoid();
        } else {
            ir.ret(results[0]);
        }
    }

    // Branches on references.

    void brOnNull(int depth) {
        int type = f.stack.type(0);
        long reference = f.pop();
        brIf(ir.icmp(Ir.EQ, reference, ir.i64(0)), depth);
        f.push(type, reference);
    }

    void brOnNonNull(int depth) {
        long reference = f.stack.value(0);
        brIf(ir.icmp(Ir.NE, reference, ir.i64(0)), depth);
        f.stack.drop();
    }
}
