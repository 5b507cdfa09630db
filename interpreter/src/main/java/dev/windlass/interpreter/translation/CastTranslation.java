package dev.windlass.interpreter.translation;

import dev.windlass.runtime.UnsupportedModuleException;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;

/// Casts and conversions of references. Instructions on objects are refused at instantiation.
final class CastTranslation {
    private final FunctionTranslator t;

    CastTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case REF_TEST -> test(false);
            case REF_TEST_NULL -> test(true);
            case REF_CAST -> cast(false);
            case REF_CAST_NULL -> cast(true);
            case BR_ON_CAST -> t.control().brOnCast(t.cursor.index, target(), true);
            case BR_ON_CAST_FAIL -> t.control().brOnCast(t.cursor.index, target(), false);
            case ANY_CONVERT_EXTERN -> t.push(ValType.ANYREF, t.pop());
            case EXTERN_CONVERT_ANY -> t.push(ValType.EXTERNREF, t.pop());
            default -> throw new UnsupportedModuleException(op.text() + " is not supported yet");
        }
    }

    private void test(boolean isNullable) {
        int type = closed(isNullable, t.cursor.heapType);
        t.push(ValType.I32, new RefTest(t.pop(), type, true));
    }

    private void cast(boolean isNullable) {
        int heapType = t.cursor.heapType;
        t.pushImpure(
                ValType.ref(isNullable, heapType),
                new RefCast(t.pop(), closed(isNullable, heapType), t.at()));
    }

    private int target() {
        return t.module.close(t.cursor.castTarget());
    }

    private int closed(boolean isNullable, int heapType) {
        return t.module.close(ValType.ref(isNullable, heapType));
    }
}
