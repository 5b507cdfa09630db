package dev.windlass.runtime;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Module;
import java.util.Arrays;

/// Evaluates constant expressions of an instance.
///
/// @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html#constant-expressions">
///     Constant expressions</a>
final class ConstantEvaluator {
    private final ModuleInstance instance;
    private final Cursor cursor;
    private long[] stack = new long[8];
    private int top;
    private long high;

    ConstantEvaluator(ModuleInstance instance) {
        this.instance = instance;
        Module module = instance.module();
        cursor = new Cursor(module.bytes(), 0, 0, module.features());
    }

    /// The value's slot; of a v128 the low one.
    long evaluate(ConstExpr expression) {
        cursor.reset(expression.start(), expression.end());
        top = 0;
        high = 0;
        while (cursor.next()) {
            step();
        }
        return stack[0];
    }

    /// The upper half, if the last value was a v128.
    long high() {
        return high;
    }

    private void step() {
        switch (cursor.opcode) {
            case I32_CONST, I64_CONST, F64_CONST -> push(cursor.bitsLow);
            case F32_CONST -> push(extended(cursor.bitsLow));
            case V128_CONST -> pushVector(cursor.bitsLow, cursor.bitsHigh);
            case GLOBAL_GET -> pushGlobal(instance.global(cursor.index));
            case REF_FUNC -> push(instance.functionReference(cursor.index));
            case REF_NULL -> push(0);
            case I32_ADD -> binaryInt(below() + last());
            case I32_SUB -> binaryInt(below() - last());
            case I32_MUL -> binaryInt(below() * last());
            case I64_ADD -> binary(below() + last());
            case I64_SUB -> binary(below() - last());
            case I64_MUL -> binary(below() * last());
            case END -> {}
            default ->
                    throw new UnsupportedModuleException(
                            cursor.opcode.text() + " is not supported yet");
        }
    }

    private void pushGlobal(GlobalInstance global) {
        pushVector(Raw.getLong(global.cell()), Raw.getLong(global.cell() + 8));
    }

    private void pushVector(long low, long upper) {
        push(low);
        high = upper;
    }

    private void push(long value) {
        if (top == stack.length) {
            stack = Arrays.copyOf(stack, 2 * top);
        }
        stack[top++] = value;
    }

    /// An i32 or f32 lies sign-extended in its slot.
    private static long extended(long bits) {
        return bits << 32 >> 32;
    }

    private long below() {
        return stack[top - 2];
    }

    private long last() {
        return stack[top - 1];
    }

    private void binaryInt(long value) {
        binary(extended(value));
    }

    private void binary(long value) {
        stack[--top - 1] = value;
    }
}
