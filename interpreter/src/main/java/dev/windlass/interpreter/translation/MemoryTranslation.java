package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.generated.MemoryAccess;
import dev.windlass.interpreter.machine.HostCallNode;
import dev.windlass.interpreter.machine.I32Const;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.HostCall;
import dev.windlass.wasm.MemoryType;
import dev.windlass.wasm.Opcode;
import dev.windlass.wasm.Typing;
import dev.windlass.wasm.ValType;
import java.util.Objects;

/// Memory instructions.
final class MemoryTranslation {
    private final FunctionTranslator t;

    MemoryTranslation(FunctionTranslator t) {
        this.t = t;
    }

    void translate(Opcode op) {
        switch (op) {
            case MEMORY_SIZE -> size();
            case MEMORY_GROW -> grow();
            case MEMORY_INIT -> init();
            case MEMORY_COPY -> copy();
            case MEMORY_FILL -> fill();
            case DATA_DROP -> t.effect(hostCall(HostCall.DATA_DROP, constant(t.cursor.index)));
            default -> access(op);
        }
    }

    private void access(Opcode op) {
        Typing typing = op.typing();
        String signature = Objects.requireNonNull(typing.signature());
        if (signature.endsWith(":")) {
            store(op);
        } else {
            load(op, type(signature.charAt(signature.length() - 1)));
        }
    }

    private static int type(char letter) {
        return switch (letter) {
            case 'i' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            default -> ValType.F64;
        };
    }

    private void load(Opcode op, int type) {
        int memory = t.cursor.index;
        boolean is64 = memoryType(memory).is64();
        long offset = t.cursor.offset;
        Node address = t.pop();
        Node node =
                isPlain(memory)
                        ? MemoryAccess.load(op, address, offset, t.at())
                        : MemoryAccess.load(
                                op, wide(address, is64), offset, pointer(memory), t.at());
        t.pushImpure(type, node);
    }

    private void store(Opcode op) {
        int memory = t.cursor.index;
        boolean is64 = memoryType(memory).is64();
        long offset = t.cursor.offset;
        Node value = t.pop();
        Node address = t.pop();
        t.effect(
                isPlain(memory)
                        ? MemoryAccess.store(op, address, offset, value, t.at())
                        : MemoryAccess.store(
                                op, wide(address, is64), offset, value, pointer(memory), t.at()));
    }

    /// Whether it is the one memory with fast accesses: number 0, 32 bits.
    private boolean isPlain(int memory) {
        return memory == 0 && !memoryType(memory).is64();
    }

    private Node wide(Node address, boolean is64) {
        return is64 ? address : t.widened(address);
    }

    MemoryType memoryType(int memory) {
        return t.module.memories().get(memory);
    }

    private int pointer(int memory) {
        return t.code.layout.memory(memory);
    }

    // Size and growth.

    private void size() {
        MemoryType type = memoryType(t.cursor.index);
        t.pushImpure(
                type.addressType(), new MemorySize(pointer(t.cursor.index), type.pageSizeLog2()));
    }

    private void grow() {
        MemoryType type = memoryType(t.cursor.index);
        Node pages = t.popIndex(type.is64());
        t.effect(
                type.addressType(),
                hostCall(HostCall.MEMORY_GROW, constant(t.cursor.index), pages));
    }

    // Bulk.

    private void init() {
        boolean is64 = memoryType(t.cursor.index2).is64();
        Node count = t.popIndex(false);
        Node from = t.popIndex(false);
        Node to = t.popIndex(is64);
        t.effect(
                hostCall(
                        HostCall.MEMORY_INIT,
                        constant(t.cursor.index2),
                        constant(t.cursor.index),
                        to,
                        from,
                        count));
    }

    private void copy() {
        boolean to64 = memoryType(t.cursor.index).is64();
        boolean from64 = memoryType(t.cursor.index2).is64();
        Node count = t.popIndex(to64 && from64);
        Node from = t.popIndex(from64);
        Node to = t.popIndex(to64);
        t.effect(
                hostCall(
                        HostCall.MEMORY_COPY,
                        constant(t.cursor.index),
                        constant(t.cursor.index2),
                        to,
                        from,
                        count));
    }

    private void fill() {
        boolean is64 = memoryType(t.cursor.index).is64();
        Node count = t.popIndex(is64);
        Node value = t.pop();
        Node to = t.popIndex(is64);
        t.effect(hostCall(HostCall.MEMORY_FILL, constant(t.cursor.index), to, value, count));
    }

    private Node hostCall(HostCall call, Node... operands) {
        return HostCallNode.of(call, t.at(), t.handler, operands);
    }

    private static Node constant(int value) {
        return new I32Const(value);
    }
}
