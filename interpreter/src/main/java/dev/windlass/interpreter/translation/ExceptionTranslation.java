package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Local;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.util.Objects;

/// Exceptions, in the standard's form and in the older one.
final class ExceptionTranslation {
    private final FunctionTranslator t;

    ExceptionTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case THROW -> throwNew(t.cursor.index);
            case THROW_REF -> throwAgain(t.pop());
            case TRY_TABLE -> tryTable();
            case TRY -> legacyTry();
            case CATCH -> legacyCatch(t.cursor.index, tagType(t.cursor.index).params());
            case CATCH_ALL -> legacyCatch(ClauseHandler.ANY, new int[0]);
            case RETHROW -> throwAgain(new Local(t.control().label(t.cursor.index).caughtSlot));
            case DELEGATE -> delegate();
            default -> throw new AssertionError(op);
        }
    }

    private FuncType tagType(int tag) {
        return (FuncType) t.module.types().get(t.module.tagTypeIndex(tag)).composite();
    }

    private void throwNew(int tag) {
        FuncType type = tagType(tag);
        t.stack.spillAll();
        int from = t.stack.slot(t.stack.height() - type.params().length);
        t.blocks.finish(new ThrowBlock.New(t.blocks.body(), t.at(), t.handler, tag, from));
    }

    private void throwAgain(Node reference) {
        t.stack.spillAll();
        t.stack.clearPopped();
        t.blocks.finish(new ThrowBlock.Again(t.blocks.body(), t.at(), t.handler, reference));
    }

    private void tryTable() {
        t.stack.spillAll();
        ClauseHandler handler = new ClauseHandler(t.handler);
        Cursor c = t.cursor;
        for (int i = 0; i < 3 * c.catchCount; i += 3) {
            int kind = c.catches[i];
            int tag = Cursor.catchesTag(kind) ? c.catches[i + 1] : ClauseHandler.ANY;
            Label label = t.control().label(c.catches[i + 2]);
            boolean takesReference = Cursor.catchesReference(kind);
            handler.add(tag, takesReference, t.control().arrival(label), t.control().slot(label));
        }
        Label label = t.control().open(Opcode.TRY_TABLE);
        label.inner = handler;
        t.handler = handler;
    }

    // The older form.

    /// The reference to the caught exception is kept in a slot below the operands.
    private void legacyTry() {
        t.stack.spillAll();
        Label label = t.control().open(Opcode.TRY);
        int params = label.params.length;
        for (int i = 0; i < params; i++) {
            t.pop();
        }
        t.stack.clearPopped();
        label.caughtSlot = t.stack.pushStored(ValType.I64);
        for (int type : label.params) {
            t.stack.pushStored(type);
        }
        t.control().copiesUp(label.params).forEach(t.blocks::add);
        label.inner = new ClauseHandler(t.handler);
        t.handler = label.inner;
    }

    private void legacyCatch(int tag, int[] values) {
        Label label = t.control().innermost();
        if (t.blocks.isOpen()) {
            t.control().leave(label);
        }
        if (label.kind == Opcode.TRY) {
            label.kind = Opcode.CATCH;
            label.handler = (ClauseHandler) Objects.requireNonNull(label.inner);
            label.inner = label.outer;
        }
        t.handler = label.outer;
        Target start = new Target();
        Objects.requireNonNull(label.handler).addLegacy(tag, start, label.caughtSlot);
        int[] operands = new int[values.length + 1];
        operands[0] = ValType.I64;
        System.arraycopy(values, 0, operands, 1, values.length);
        t.control().begin(label, start, operands);
    }

    /// Ends a `try` whose exceptions go to the handler around another label.
    void delegate() {
        Label label = t.control().innermost();
        Objects.requireNonNull(label.inner).outer = t.control().label(t.cursor.index + 1).inner;
        t.control().end();
    }
}
