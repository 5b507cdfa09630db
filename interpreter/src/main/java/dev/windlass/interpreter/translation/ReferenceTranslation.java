package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.Numerical;
import dev.windlass.interpreter.machine.I64Const;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Reference instructions. A reference is an i64 that is 0 for null.
final class ReferenceTranslation {
    private final FunctionTranslator t;

    ReferenceTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case REF_NULL -> t.push(ValType.ref(true, t.cursor.heapType), new I64Const(0));
            case REF_IS_NULL -> isNull();
            case REF_FUNC -> function();
            case REF_EQ -> equal();
            case REF_AS_NON_NULL -> asNonNull();
            case BR_ON_NULL -> t.control().brOnNull(t.cursor.index);
            case BR_ON_NON_NULL -> t.control().brOnNonNull(t.cursor.index);
            default -> throw new AssertionError(op);
        }
    }

    private void isNull() {
        t.push(ValType.I32, Numerical.of(Opcode.I64_EQ, t.pop(), new I64Const(0), t.at()));
    }

    private void equal() {
        Node b = t.pop();
        t.push(ValType.I32, Numerical.of(Opcode.I64_EQ, t.pop(), b, t.at()));
    }

    private void function() {
        int function = t.cursor.index;
        int type = ValType.ref(false, t.module.functionTypeIndex(function));
        t.pushImpure(type, new FunctionReference(function, t.code.layout.function(function)));
    }

    private void asNonNull() {
        int type = t.stack.type(t.stack.height() - 1);
        t.pushImpure(type, new NonNull(t.pop(), t.at()));
    }
}
