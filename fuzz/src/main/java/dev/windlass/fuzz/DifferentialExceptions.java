package dev.windlass.fuzz;

import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.binary.ByteWriter;

/// Statements of [DifferentialBody] that throw and catch, in both forms. Functions that may not trap catch all that they
/// throw.
final class DifferentialExceptions {
    private final DifferentialBody body;
    private final DifferentialModule module;
    private final DifferentialCode code;
    private final Entropy entropy;
    private final DifferentialExpressions expressions;

    /// Enclosing handlers that catch everything.
    private int handlers;

    DifferentialExceptions(DifferentialBody body, DifferentialExpressions expressions) {
        this.body = body;
        this.expressions = expressions;
        module = body.module;
        code = body.code;
        entropy = body.entropy;
    }

    void statement() {
        if (!module.hasExceptions()) {
            expressions.statement();
            return;
        }
        switch (entropy.below(6)) {
            case 0, 1 -> tryTable();
            case 2 -> legacyTry();
            case 3 -> delegating();
            default -> throwing();
        }
    }

    private int tag() {
        return entropy.below(DifferentialModule.TAGS.size());
    }

    private static String carried(int tag) {
        return DifferentialModule.TAGS.get(tag);
    }

    /// Sometimes, where it is caught.
    private void throwing() {
        if (handlers == 0 && !body.isRisky()) {
            expressions.statement();
            return;
        }
        expressions.often();
        code.begin(Opcode.IF, "", "");
        body.labels.add("");
        throwNow();
        code.end();
        body.labels.removeLast();
    }

    private void throwNow() {
        int tag = tag();
        expressions.all(carried(tag), 1);
        code.controlOp(Opcode.THROW).u32(tag);
    }

    private void open(Opcode kind, String results) {
        code.begin(kind, "", results);
        body.labels.add(results);
    }

    private void close() {
        code.end();
        body.labels.removeLast();
    }

    /// What may throw.
    private void guarded() {
        handlers++;
        int kind = body.isDeep() ? 3 : entropy.below(4);
        switch (kind) {
            case 0 -> legacyTry();
            case 1 -> tryTable();
            default -> body.statements(3);
        }
        throwing();
        handlers--;
    }

    // The form with labels.

    /// One handler for a tag, and one for all.
    private void tryTable() {
        int tag = tag();
        boolean withReference = entropy.below(2) == 0;
        boolean allWithReference = entropy.below(2) == 0;
        String caught = carried(tag) + (withReference ? "x" : "");
        String all = allWithReference ? "x" : "";
        open(Opcode.BLOCK, "");
        open(Opcode.BLOCK, all);
        open(Opcode.BLOCK, caught);
        ByteWriter out = code.controlOp(Opcode.TRY_TABLE).u8(0x40).u32(2);
        body.labels.add("");
        out.u8(withReference ? 1 : 0).u32(tag).u32(0);
        out.u8(allWithReference ? 3 : 2).u32(1);
        guarded();
        close();
        code.controlOp(Opcode.BR).u32(2);
        close();
        sink(caught);
        code.foldPlace(101 + tag);
        code.controlOp(Opcode.BR).u32(1);
        close();
        sink(all);
        code.foldPlace(100);
        close();
    }

    /// A caught exception is thrown again at times, where it is caught again.
    private void sink(String types) {
        for (int i = types.length() - 1; i >= 0; i--) {
            char type = types.charAt(i);
            if (type == 'x') {
                reference();
            } else {
                expressions.sink(type);
            }
        }
    }

    private void reference() {
        int local = module.localOf(body.function, 'x');
        code.set(local);
        code.get(local);
        code.fold('x');
        if (handlers > 0 || body.isRisky()) {
            expressions.often();
            code.begin(Opcode.IF, "", "");
            code.get(local);
            code.controlOp(Opcode.THROW_REF);
            code.end();
        }
    }

    // The form with handlers behind the block.

    private void legacyTry() {
        int tag = tag();
        code.begin(Opcode.TRY, "", "i");
        body.labels.add("i");
        guarded();
        code.i32(1);
        code.controlOp(Opcode.CATCH).u32(tag);
        sink(carried(tag));
        rethrow();
        code.i32(2);
        code.controlOp(Opcode.CATCH_ALL);
        rethrow();
        code.i32(3);
        close();
        code.fold('i');
    }

    private void rethrow() {
        if (handlers > 0 || body.isRisky()) {
            expressions.often();
            code.begin(Opcode.IF, "", "");
            code.controlOp(Opcode.RETHROW).u32(1);
            code.end();
        }
    }

    /// The outer one handles what the inner one hands on.
    private void delegating() {
        code.begin(Opcode.TRY, "", "");
        body.labels.add("");
        code.begin(Opcode.TRY, "", "");
        body.labels.add("");
        guarded();
        code.controlOp(Opcode.DELEGATE).u32(0);
        body.labels.removeLast();
        code.controlOp(Opcode.CATCH_ALL);
        code.foldPlace(99);
        close();
    }
}
