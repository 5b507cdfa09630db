package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Block;
import dev.windlass.interpreter.machine.Handler;
import dev.windlass.interpreter.machine.I64Const;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.FunctionBody;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import org.jspecify.annotations.Nullable;

/// Translates one function in one pass over its bytes: structured control becomes blocks, the
/// operand stack becomes trees of nodes. What instructions become is in one class per family, which
/// all work on the parts that are here.
final class FunctionTranslator {
    final ModuleTranslation code;
    final Module module;
    final Cursor cursor;
    final FuncType type;
    final Locals locals;
    final OperandStack stack;
    final BlockBuilder blocks;
    private final ControlTranslation control;
    private final CallTranslation calls;
    private final ExceptionTranslation exceptions;
    private final VariableTranslation variables;
    private final MemoryTranslation memories;
    private final TableTranslation tables;
    private final NumericTranslation numerics;
    private final ReferenceTranslation references;
    private final CastTranslation casts;
    private final VectorTranslation vectors;
    private final AtomicTranslation atomics;

    /// The innermost exception handler.
    @Nullable Handler handler;

    FunctionTranslator(ModuleTranslation code, int function) {
        this.code = code;
        this.module = code.module;
        this.type = module.functionType(function);
        FunctionBody body = module.body(function);
        this.cursor = new Cursor(module.bytes(), body.start(), body.end(), module.features());
        this.locals = new Locals(type, cursor, module);
        this.blocks = new BlockBuilder(code.countsFuel);
        this.stack = new OperandStack(locals.size(), blocks::add);
        this.control = new ControlTranslation(this);
        this.calls = new CallTranslation(this);
        this.exceptions = new ExceptionTranslation(this);
        this.variables = new VariableTranslation(this);
        this.memories = new MemoryTranslation(this);
        this.tables = new TableTranslation(this);
        this.numerics = new NumericTranslation(this);
        this.references = new ReferenceTranslation(this);
        this.casts = new CastTranslation(this);
        this.vectors = new VectorTranslation(this);
        this.atomics = new AtomicTranslation(this);
    }

    /// The entry block.
    Block translate() {
        Entry entry = new Entry();
        Target start = new Target();
        start.link(entry, 0);
        blocks.start(start, cursor.position());
        control.enterFunction();
        while (cursor.next()) {
            if (blocks.isOpen()) {
                blocks.countInstruction();
                instruction();
            } else {
                control.unreachable();
            }
        }
        return entry.finish(locals, stack.maxTop());
    }

    private void instruction() {
        Opcode op = cursor.opcode;
        switch (op.family()) {
            case CONTROL -> controlOrCall(op);
            case EXCEPTION -> exceptions.translate(op);
            case PARAMETRIC, VARIABLE -> variables.translate(op);
            case TABLE -> tables.translate(op);
            case MEMORY -> memories.translate(op);
            case NUMERIC -> numerics.translate(op);
            case REFERENCE -> references.translate(op);
            case AGGREGATE -> casts.translate(op);
            case VECTOR -> vectors.translate(op);
            case ATOMIC -> atomics.translate(op);
        }
    }

    private void controlOrCall(Opcode op) {
        switch (op) {
            case CALL,
                    CALL_INDIRECT,
                    CALL_REF,
                    RETURN_CALL,
                    RETURN_CALL_INDIRECT,
                    RETURN_CALL_REF ->
                    calls.translate(op);
            default -> control.translate(op);
        }
    }

    ControlTranslation control() {
        return control;
    }

    ExceptionTranslation exceptions() {
        return exceptions;
    }

    // For the families: expressions and statements.

    /// Pops an operand as an expression.
    Node pop() {
        return stack.pop();
    }

    /// Pushes an expression that reads nothing but its operands and cannot trap.
    void push(int type, Node node) {
        stack.push(type, node, 0);
    }

    /// Pushes an expression that may trap or reads what statements change.
    void pushImpure(int type, Node node) {
        stack.push(type, node, OperandStack.IMPURE);
    }

    /// Appends a statement with effects, made of popped operands.
    void effect(Node statement) {
        stack.spillImpure();
        stack.clearPopped();
        blocks.add(statement);
    }

    /// Appends a node with effects, made of popped operands, whose value is an operand.
    void effect(int type, Node node) {
        stack.spillForResult();
        stack.clearPopped();
        node.dst = stack.pushStored(type);
        blocks.add(node);
    }

    /// Pops vector operands: the frame offset of the value's two slots. For statements that are made
    /// at once by [#vector] or [#effect], or for expressions that are pushed at once.
    int popVector() {
        return stack.popVector();
    }

    /// The frame offset of the slots of a vector result, for a statement that is added at once with
    /// [#addVector]. The operands have been popped.
    int pushVector() {
        stack.spillForResult();
        stack.clearPopped();
        return stack.pushStored(ValType.V128);
    }

    /// Appends the statement that computes the operand just pushed by [#pushVector].
    void addVector(Node statement) {
        blocks.add(statement);
    }

    /// The index operand of a table or memory as an expression of type i64.
    Node popIndex(boolean is64) {
        Node node = pop();
        return is64 ? node : widened(node);
    }

    /// An i32, unsigned, as an i64.
    Node widened(Node node) {
        return node instanceof dev.windlass.interpreter.machine.I32Const c
                ? new I64Const(Integer.toUnsignedLong(c.value))
                : dev.windlass.interpreter.generated.Numerical.of(Opcode.I64_EXTEND_I32_U, node, 0);
    }

    /// The offset of the current instruction in the module.
    int at() {
        return cursor.offset0;
    }
}
