package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.MemoryOperand;

/// The address operand of memory accesses that have no node classes per kind of address.
final class AddressOperand {
    private AddressOperand() {}

    /// Pops the address of the current instruction, which has a memory argument.
    static MemoryOperand pop(FunctionTranslator t) {
        int memory = t.cursor.index;
        long offset = t.cursor.offset;
        boolean is64 = t.module.memories().get(memory).is64();
        if (memory == 0 && !is64) {
            return new MemoryOperand(t.pop(), offset, MemoryOperand.MEMORY_0, t.at());
        }
        return new MemoryOperand(t.popIndex(is64), offset, t.code.layout.memory(memory), t.at());
    }
}
