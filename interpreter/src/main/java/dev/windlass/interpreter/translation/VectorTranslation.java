package dev.windlass.interpreter.translation;

import static dev.windlass.wasm.ValType.V128;

import dev.windlass.interpreter.machine.MemoryOperand;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.interpreter.vector.VectorNodes;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.util.Objects;

/// The vector instructions. Each becomes a statement that works on slots: a vector operand is read
/// where it lies, in a local or on the stack.
final class VectorTranslation {
    private final FunctionTranslator t;

    VectorTranslation(FunctionTranslator translator) {
        this.t = translator;
    }

    void translate(Opcode op) {
        switch (op.immediates()) {
            case NONE -> computation(op);
            case LANE -> lane(op);
            case V128 -> t.effect(V128, new VectorNodes.Const(t.cursor.bitsLow, t.cursor.bitsHigh));
            case SHUFFLE -> shuffle();
            case MEMARG -> memory(op);
            case MEMARG_LANE -> memoryLane(op);
            default -> throw new AssertionError(op);
        }
    }

    private static String signature(Opcode op) {
        return Objects.requireNonNull(op.typing().signature());
    }

    private void computation(Opcode op) {
        switch (signature(op)) {
            case "v:v" -> t.effect(V128, new VectorNodes.Unary(op, t.popVector()));
            case "vv:v" -> binary(op);
            case "vvv:v" -> ternary(op);
            case "vi:v" -> shift(op);
            case "v:i" -> t.effect(ValType.I32, new VectorNodes.Test(op, t.popVector()));
            default -> splat(op);
        }
    }

    private void binary(Opcode op) {
        int y = t.popVector();
        int x = t.popVector();
        t.effect(V128, new VectorNodes.Binary(op, x, y));
    }

    private void ternary(Opcode op) {
        int z = t.popVector();
        int y = t.popVector();
        int x = t.popVector();
        t.effect(V128, new VectorNodes.Ternary(op, x, y, z));
    }

    private void shift(Opcode op) {
        Node count = t.pop();
        int x = t.popVector();
        t.effect(V128, new VectorNodes.Shift(op, x, count));
    }

    private void splat(Opcode op) {
        char type = signature(op).charAt(0);
        t.effect(V128, new VectorNodes.Splat(op, t.pop(), type));
    }

    private void shuffle() {
        int y = t.popVector();
        int x = t.popVector();
        t.effect(V128, new VectorNodes.Shuffle(t.cursor.bitsLow, t.cursor.bitsHigh, x, y));
    }

    private void lane(Opcode op) {
        int lane = t.cursor.lane;
        String signature = signature(op);
        if (signature.startsWith("v:")) {
            int x = t.popVector();
            t.effect(scalar(signature.charAt(2)), new VectorNodes.Extract(op, x, lane));
            return;
        }
        Node value = t.pop();
        int x = t.popVector();
        t.effect(V128, new VectorNodes.Replace(op, x, lane, value, signature.charAt(1)));
    }

    private static int scalar(char letter) {
        return switch (letter) {
            case 'i' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            case 'd' -> ValType.F64;
            default -> throw new AssertionError(letter);
        };
    }

    private void memory(Opcode op) {
        if (op == Opcode.V128_STORE) {
            int x = t.popVector();
            t.effect(new VectorNodes.Store(AddressOperand.pop(t), x));
            return;
        }
        MemoryOperand memory = AddressOperand.pop(t);
        t.effect(V128, new VectorNodes.Load(op, memory, op.typing().width()));
    }

    private void memoryLane(Opcode op) {
        int x = t.popVector();
        MemoryOperand memory = AddressOperand.pop(t);
        int width = op.typing().width();
        int lane = t.cursor.lane;
        if (signature(op).equals("av:v")) {
            t.effect(V128, new VectorNodes.LoadLane(op, memory, width, x, lane));
        } else {
            t.effect(new VectorNodes.StoreLane(op, memory, width, x, lane));
        }
    }
}
