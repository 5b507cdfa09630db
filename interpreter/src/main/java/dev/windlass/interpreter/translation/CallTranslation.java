package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.PlainBlocks;
import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.FunctionCode;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Calls. The arguments are on top of the operand stack, which is where the callee's frame starts;
/// for a tail call they are moved to the start of the current frame.
final class CallTranslation {
    private static final int MAX_STATEMENTS = 8;

    private final FunctionTranslator t;

    CallTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case CALL -> call(t.cursor.index);
            case CALL_INDIRECT -> callIndirect();
            case CALL_REF -> callReference();
            case RETURN_CALL -> tailCall(t.cursor.index);
            case RETURN_CALL_INDIRECT -> tailCallIndirect();
            case RETURN_CALL_REF -> tailCallReference();
            default -> throw new AssertionError(op);
        }
    }

    private void call(int function) {
        FuncType type = t.module.functionType(function);
        t.stack.spillAll();
        int site = site(type);
        if (function < t.code.importedFunctions) {
            returning(new CallBlock.Import(t.blocks.body(), site, function), type, site);
        } else {
            FunctionCode callee = t.code.function(function);
            Node[] statements = t.blocks.packed(MAX_STATEMENTS);
            returning(PlainBlocks.call(statements, statements.length, callee, site), type, site);
        }
    }

    private void callIndirect() {
        FuncType type = type(t.cursor.index);
        Node index = popTableIndex();
        t.stack.spillAll();
        t.stack.clearPopped();
        int site = site(type);
        returning(new CallBlock.Indirect(t.blocks.body(), site, reference(index)), type, site);
    }

    private void callReference() {
        FuncType type = type(t.cursor.index);
        Node reference = t.pop();
        t.stack.spillAll();
        t.stack.clearPopped();
        int site = site(type);
        Node callee = new CalleeReference(reference, t.at());
        returning(new CallBlock.Indirect(t.blocks.body(), site, callee), type, site);
    }

    /// Ends the block with a call; what follows is where it returns to.
    private void returning(Block block, FuncType type, int site) {
        int at = t.at();
        Target next = new Target();
        next.link(block, 0);
        t.blocks.finish(block);
        t.blocks.startContinuation(next, at, site, t.handler);
        for (int i = 0; i < type.params().length; i++) {
            t.pop();
        }
        t.stack.clearPopped();
        for (int result : type.results()) {
            t.stack.pushStored(result);
        }
    }

    // Tail calls.

    private void tailCall(int function) {
        FuncType type = t.module.functionType(function);
        t.stack.spillAll();
        moveArguments(type);
        if (function < t.code.importedFunctions) {
            finish(new TailCallBlock.Import(t.blocks.body(), t.at(), function));
        } else {
            FunctionCode callee = t.code.function(function);
            finish(new TailCallBlock.Direct(t.blocks.body(), t.at(), callee));
        }
    }

    private void tailCallIndirect() {
        FuncType type = type(t.cursor.index);
        tailCall(type, reference(popTableIndex()));
    }

    private void tailCallReference() {
        FuncType type = type(t.cursor.index);
        tailCall(type, new CalleeReference(t.pop(), t.at()));
    }

    /// The callee is found before the arguments replace what it is found by; its slot is above them,
    /// and they move down.
    private void tailCall(FuncType type, Node callee) {
        t.stack.spillAll();
        t.stack.clearPopped();
        callee.dst = t.stack.pushStored(ValType.I64);
        t.blocks.add(callee);
        Node kept = t.pop();
        t.stack.clearPopped();
        moveArguments(type);
        finish(new TailCallBlock.Indirect(t.blocks.body(), t.at(), kept));
    }

    private void moveArguments(FuncType type) {
        t.control().copies(type.params(), 0).forEach(t.blocks::add);
    }

    private void finish(Block block) {
        t.blocks.finish(block);
    }

    // Parts.

    private FuncType type(int index) {
        return (FuncType) t.module.types().get(index).composite();
    }

    /// The frame offset of the first argument.
    private int site(FuncType type) {
        return t.stack.slot(t.stack.height() - type.params().length);
    }

    private Node popTableIndex() {
        return t.popIndex(t.module.tables().get(t.cursor.index2).is64());
    }

    private Node reference(Node index) {
        int table = t.code.layout.table(t.cursor.index2);
        int type = t.module.defType(t.cursor.index).id();
        return new TableElement(index, table, type, t.at());
    }
}
