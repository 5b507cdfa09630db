package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.Machine;
import dev.windlass.interpreter.machine.Node;
import dev.windlass.runtime.boundary.MemoryRecord;
import dev.windlass.runtime.boundary.Raw;

/// The pages of a memory.
final class MemorySize extends Node {
    private final int memory;
    private final int pageSizeLog2;

    /// @param memory offset of the memory's pointer in the context
    MemorySize(int memory, int pageSizeLog2) {
        this.memory = memory;
        this.pageSizeLog2 = pageSizeLog2;
    }

    @Override
    public int i(long f, Machine m) {
        return (int) l(f, m);
    }

    @Override
    public long l(long f, Machine m) {
        return Raw.getLong(Raw.getLong(m.context + memory) + MemoryRecord.LENGTH) >>> pageSizeLog2;
    }

    @Override
    public void x(long f, Machine m) {
        Raw.putLong(f, dst, l(f, m));
    }
}
