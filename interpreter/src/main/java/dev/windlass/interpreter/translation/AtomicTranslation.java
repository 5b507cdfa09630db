package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.atomic.AtomicNodes;
import dev.windlass.interpreter.machine.MemoryOperand;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.numeric.Atomics;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.ValType;
import java.util.Objects;

/// The atomic instructions. What they do follows from the row: the signature says operands and
/// result, the keyword which update.
final class AtomicTranslation {
    private final FunctionTranslator t;

    AtomicTranslation(FunctionTranslator translator) {
        this.t = translator;
    }

    void translate(Opcode op) {
        switch (op) {
            case ATOMIC_FENCE -> t.effect(new AtomicNodes.Fence());
            case MEMORY_ATOMIC_NOTIFY -> notification();
            case MEMORY_ATOMIC_WAIT32, MEMORY_ATOMIC_WAIT64 -> await(op);
            default -> access(op);
        }
    }

    private void notification() {
        Node count = t.pop();
        MemoryOperand memory = AddressOperand.pop(t);
        t.effect(ValType.I32, new AtomicNodes.Notify(t.cursor.index, memory, count));
    }

    private void await(Opcode op) {
        Node nanos = t.pop();
        Node expected = t.pop();
        MemoryOperand memory = AddressOperand.pop(t);
        boolean is64 = op == Opcode.MEMORY_ATOMIC_WAIT64;
        t.effect(ValType.I32, new AtomicNodes.Wait(is64, t.cursor.index, memory, expected, nanos));
    }

    private void access(Opcode op) {
        String signature = Objects.requireNonNull(op.typing().signature());
        boolean is64 = signature.endsWith("l") || signature.equals("al:");
        int type = is64 ? ValType.I64 : ValType.I32;
        int width = op.typing().width();
        switch (signature) {
            case "a:i", "a:l" ->
                    t.effect(type, new AtomicNodes.Load(is64, AddressOperand.pop(t), width));
            case "ai:", "al:" -> {
                Node value = t.pop();
                t.effect(new AtomicNodes.Store(is64, AddressOperand.pop(t), width, value));
            }
            case "ai:i", "al:l" -> {
                Node operand = t.pop();
                t.effect(
                        type,
                        new AtomicNodes.Update(
                                is64, update(op), AddressOperand.pop(t), width, operand));
            }
            case "aii:i", "all:l" -> {
                Node replacement = t.pop();
                Node expected = t.pop();
                t.effect(
                        type,
                        new AtomicNodes.CompareAndExchange(
                                is64, AddressOperand.pop(t), width, expected, replacement));
            }
            default -> throw new AssertionError(op);
        }
    }

    /// `i64.atomic.rmw8.add_u` updates by ADD.
    private static Atomics.Update update(Opcode op) {
        for (Atomics.Update update : Atomics.Update.values()) {
            if (op.name().endsWith("_" + update) || op.name().endsWith("_" + update + "_U")) {
                return update;
            }
        }
        throw new AssertionError(op);
    }
}
