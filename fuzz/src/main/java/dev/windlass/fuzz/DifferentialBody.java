package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/// Makes one function's body for [DifferentialModule]: statements, which leave nothing on the stack, of expressions
/// ([DifferentialExpressions]). Whatever is computed goes to variables, memory or the checksum.
final class DifferentialBody {
    /// Locals behind those that code may use: one of each type and an exception.
    static final String TEMPORARIES = DifferentialModule.LETTERS + "x";

    private static final String NUMBERS = DifferentialModule.NUMBERS;
    private static final int DEEPEST_BLOCK = 7;
    private static final int CALL_PRICE = 12;

    final Entropy entropy;
    final DifferentialModule module;
    final DifferentialCode code;
    final int function;
    private final DifferentialExpressions expressions;
    private final DifferentialTables tables;
    private final DifferentialExceptions exceptions;

    /// What the labels take, outermost first.
    final List<String> labels = new ArrayList<>();

    DifferentialBody(Entropy entropy, DifferentialModule module, int function) {
        this.entropy = entropy;
        this.module = module;
        this.function = function;
        code = new DifferentialCode(module, function);
        expressions = new DifferentialExpressions(this);
        tables = new DifferentialTables(this, expressions);
        exceptions = new DifferentialExceptions(this, expressions);
    }

    int instructions() {
        return code.instructions();
    }

    ByteWriter body() {
        String results = module.results(function);
        labels.add(results);
        spend(CALL_PRICE, 0, results);
        do {
            statement();
        } while (!isSpent());
        foldLocals();
        expressions.all(results, 2);
        code.end();
        return code.bytes();
    }

    /// Whether there have been enough instructions.
    boolean isSpent() {
        return entropy.isUsedUp() || code.instructions() > module.quota(function);
    }

    boolean isDeep() {
        return labels.size() > DEEPEST_BLOCK || isSpent();
    }

    /// Now and then, in a function that may trap.
    boolean isRisky() {
        return module.isRisky(function) && entropy.below(3) == 0;
    }

    private void foldLocals() {
        String locals = module.locals(function);
        for (int i = 0; i < locals.length(); i++) {
            if (entropy.below(2) == 0) {
                code.get(i);
                code.fold(locals.charAt(i));
            }
        }
    }

    // Statements.

    void statements(int most) {
        int count = 1 + entropy.below(most);
        for (int i = 0; i < count && (i == 0 || !isSpent()); i++) {
            statement();
        }
    }

    private void statement() {
        int kind = entropy.below(32);
        if (kind >= 21 && isDeep()) {
            kind = 0;
        }
        switch (kind) {
            case 14 -> expressions.effect();
            case 15, 16, 17 -> call();
            case 18 -> tables.bulk();
            case 19 -> tables.table();
            case 20 -> small();
            case 21 -> ifElse();
            case 22 -> ifOnly();
            case 23 -> block();
            case 24, 25 -> loop();
            case 26, 27 -> branchTable();
            case 28 -> tables.branchOnNull();
            case 29 -> exceptions.statement();
            case 30 -> leave();
            case 31 -> stateMachine();
            default -> expressions.statement();
        }
    }

    private void small() {
        switch (entropy.below(4)) {
            case 0 -> code.op(Opcode.NOP);
            case 1 -> code.op(Opcode.ATOMIC_FENCE).u8(0);
            case 2 -> {
                expressions.any(NUMBERS.charAt(entropy.below(5)), 2);
                code.op(Opcode.DROP);
            }
            default -> expressions.sinkExpression('v');
        }
    }

    /// The results of a call lie on the stack: the last one is on top.
    void sinkAll(String types) {
        for (int i = types.length() - 1; i >= 0; i--) {
            expressions.sink(types.charAt(i));
        }
    }

    // Calls.

    /// A function that this one may call: who cannot trap calls only such.
    int callee() {
        int callee = entropy.below(module.functionCount());
        return module.isRisky(callee) && !module.isRisky(function) ? entropy.below(2) : callee;
    }

    private void call() {
        int callee = callee();
        expressions.all(module.params(callee), 1);
        switch (entropy.below(6)) {
            case 0 -> {
                int type = reference(callee);
                code.controlOp(Opcode.CALL_REF).u32(type);
            }
            case 1, 2 -> callIndirect(callee);
            default -> code.controlOp(Opcode.CALL).u32(callee);
        }
        sinkAll(module.results(callee));
    }

    /// A typed reference; null at times, where that may be.
    private int reference(int callee) {
        int type = module.typeOf(callee);
        code.op(Opcode.REF_FUNC).u32(callee);
        if (isRisky()) {
            code.op(Opcode.REF_NULL).signed(type);
            expressions.any('i', 1);
            code.op(Opcode.SELECT_TYPED).u32(1).u8(0x63).signed(type);
        }
        return type;
    }

    private void callIndirect(int callee) {
        boolean isOpen = entropy.below(3) == 0;
        if (isOpen) {
            pushOpenElement(callee);
        } else {
            pushFixedElement(callee);
        }
        int table = isOpen ? DifferentialModule.FUNCTION_TABLE : DifferentialModule.FIXED_TABLE;
        code.controlOp(Opcode.CALL_INDIRECT).u32(module.typeOf(callee)).u32(table);
    }

    /// Mostly the right element; else one of another type, null, or outside.
    private void pushFixedElement(int callee) {
        if (module.isRisky(function) && entropy.below(2) == 0) {
            int element = entropy.below(module.functionCount() + 3);
            expressions.index(DifferentialModule.FIXED_TABLE, element);
        } else {
            code.i32(callee);
        }
    }

    /// Mostly the right function, written just before; else another, or what was there.
    private void pushOpenElement(int callee) {
        int table = DifferentialModule.FUNCTION_TABLE;
        int element = entropy.below(DifferentialModule.TABLE_LENGTH);
        boolean isRisky = module.isRisky(function);
        if (!isRisky || entropy.below(8) != 0) {
            expressions.index(table, element);
            boolean isRight = !isRisky || entropy.below(2) == 0;
            code.op(Opcode.REF_FUNC).u32(isRight ? callee : entropy.below(module.functionCount()));
            code.op(Opcode.TABLE_SET).u32(table);
        }
        expressions.index(table, element);
    }

    /// Ends the function at times: by a return, a call in its place, or a trap.
    private void leave() {
        String results = module.results(function);
        expressions.seldom();
        code.begin(Opcode.IF, "", "");
        labels.add("");
        if (isRisky()) {
            code.controlOp(Opcode.UNREACHABLE);
        } else if (entropy.below(2) == 0 || !tailCall(results)) {
            expressions.all(results, 1);
            if (entropy.below(2) == 0) {
                code.controlOp(Opcode.RETURN);
            } else {
                code.controlOp(Opcode.BR).u32(labels.size() - 1);
            }
        }
        // What cannot be reached is lowered all the same.
        if (entropy.below(4) == 0) {
            expressions.statement();
        }
        code.end();
        labels.removeLast();
    }

    private boolean tailCall(String results) {
        int callee = callee();
        for (int i = 0; i < 4 && !module.results(callee).equals(results); i++) {
            callee = callee();
        }
        if (!module.hasTailCalls() || !module.results(callee).equals(results)) {
            return false;
        }
        expressions.all(module.params(callee), 1);
        switch (entropy.below(3)) {
            case 0 -> code.controlOp(Opcode.RETURN_CALL).u32(callee);
            case 1 -> {
                code.i32(callee);
                code.controlOp(Opcode.RETURN_CALL_INDIRECT).u32(module.typeOf(callee)).u32(0);
            }
            default -> {
                int type = reference(callee);
                code.controlOp(Opcode.RETURN_CALL_REF).u32(type);
            }
        }
        return true;
    }

    // Blocks.

    /// Takes from the budget; leaves with zeros when there is none left.
    ///
    /// @param depth of the label that is left by, from here
    private void spend(int price, int depth, String results) {
        code.getGlobal(DifferentialModule.BUDGET);
        code.i32(price);
        code.op(Opcode.I32_SUB);
        code.setGlobal(DifferentialModule.BUDGET);
        code.getGlobal(DifferentialModule.BUDGET);
        code.i32(0);
        code.op(Opcode.I32_LT_S);
        code.begin(Opcode.IF, "", "");
        code.zeros(results);
        code.controlOp(Opcode.BR).u32(depth + 1);
        code.end();
    }

    private String types(int most) {
        StringBuilder types = new StringBuilder();
        for (int i = entropy.below(most + 1); i > 0; i--) {
            types.append(NUMBERS.charAt(entropy.below(NUMBERS.length())));
        }
        return types.toString();
    }

    private void block() {
        String results = types(2);
        expression(Opcode.BLOCK, results);
        sinkAll(results);
    }

    /// A block, or an if with both ways, that leaves values.
    void expression(Opcode kind, String results) {
        String params = types(2);
        expressions.all(params, 1);
        if (kind == Opcode.IF) {
            expressions.any('i', 2);
        }
        code.begin(kind, params, results);
        labels.add(results);
        inside(params, results);
        if (kind == Opcode.IF) {
            code.controlOp(Opcode.ELSE);
            inside(params, results);
        }
        code.end();
        labels.removeLast();
    }

    private void inside(String params, String results) {
        code.foldPlace(labels.size());
        sinkAll(params);
        statements(3);
        if (entropy.below(2) == 0) {
            branchIf(entropy.below(labels.size()));
        }
        expressions.all(results, 2);
    }

    /// Only forwards; a loop's label takes its parameters, and its head spends.
    void branchIf(int depth) {
        String types = labels.get(labels.size() - 1 - depth);
        expressions.all(types, 1);
        expressions.seldom();
        code.controlOp(Opcode.BR_IF).u32(depth);
        code.drop(types);
    }

    private void ifElse() {
        String results = types(2);
        expression(Opcode.IF, results);
        sinkAll(results);
    }

    private void ifOnly() {
        String params = types(1);
        expressions.all(params, 1);
        expressions.any('i', 2);
        code.begin(Opcode.IF, params, params);
        labels.add(params);
        inside(params, params);
        code.end();
        labels.removeLast();
        sinkAll(params);
    }

    private void loop() {
        String results = types(2);
        String params = types(2);
        code.begin(Opcode.BLOCK, "", results);
        labels.add(results);
        expressions.all(params, 1);
        code.begin(Opcode.LOOP, params, results);
        labels.add(params);
        sinkAll(params);
        spend(1, 1, results);
        statements(4);
        expressions.all(params, 1);
        expressions.any('i', 2);
        code.controlOp(Opcode.BR_IF).u32(0);
        code.drop(params);
        expressions.all(results, 1);
        code.end();
        labels.removeLast();
        code.end();
        labels.removeLast();
        sinkAll(results);
    }

    /// Blocks in each other, of which a table chooses one to leave; each end leaves its trace.
    private void branchTable() {
        int count = 1 + entropy.below(4);
        String types = types(1);
        for (int i = 0; i < count; i++) {
            code.begin(Opcode.BLOCK, "", types);
            labels.add(types);
        }
        expressions.all(types, 1);
        tableIndex(count);
        ByteWriter out = code.controlOp(Opcode.BR_TABLE);
        int targets = entropy.below(6);
        out.u32(targets);
        for (int i = 0; i <= targets; i++) {
            out.u32(entropy.below(count));
        }
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                expressions.all(types, 1);
            }
            code.end();
            labels.removeLast();
            sinkAll(types);
            code.foldPlace(i);
        }
    }

    /// A loop that begins with a table on a local; jumps set the local and branch to the loop.
    private void stateMachine() {
        int states = 1 + entropy.below(4);
        int state = module.localOf(function, 'i');
        expressions.any('i', 2);
        code.set(state);
        code.begin(Opcode.BLOCK, "", "");
        labels.add("");
        code.begin(Opcode.LOOP, "", "");
        labels.add("");
        int loop = labels.size();
        // No marks from here on: what stands in between would make it another loop.
        for (int i = 0; i < states; i++) {
            code.blockType(code.op(Opcode.BLOCK), "", "");
            labels.add("");
        }
        code.get(state);
        ByteWriter out = code.op(Opcode.BR_TABLE);
        int targets = entropy.below(6);
        out.u32(targets);
        for (int i = 0; i <= targets; i++) {
            // Mostly a state; at times the end. To the loop itself only by jumps, which spend.
            int target = entropy.below(states + 1);
            out.u32(target == states ? states + 1 : target);
        }
        for (int i = 0; i < states; i++) {
            code.end();
            labels.removeLast();
            spend(1, labels.size() - loop + 1, "");
            statements(2);
            jump(state, loop);
        }
        code.end();
        labels.removeLast();
        code.end();
        labels.removeLast();
    }

    /// Sets the state and branches to the loop, if a number is odd.
    private void jump(int state, int loop) {
        if (entropy.below(8) == 0) {
            expressions.any('i', 2);
            code.set(state);
            expressions.seldom();
            code.controlOp(Opcode.BR_IF).u32(labels.size() - loop);
            return;
        }
        expressions.any('i', 2);
        code.i32(1);
        code.op(Opcode.I32_AND);
        code.begin(Opcode.IF, "", "");
        labels.add("");
        code.i32(entropy.below(8) - 1);
        code.set(state);
        code.op(Opcode.BR).u32(labels.size() - loop);
        code.end();
        labels.removeLast();
    }

    private void tableIndex(int count) {
        expressions.any('i', 2);
        if (entropy.below(4) != 0) {
            code.i32(count < 3 ? 3 : 7);
            code.op(Opcode.I32_AND);
        }
    }
}
