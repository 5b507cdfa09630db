package dev.windlass.runtime;

import dev.windlass.runtime.boundary.Raw;
import dev.windlass.wasm.ConstExpr;
import dev.windlass.wasm.DataSegment;
import dev.windlass.wasm.ElementSegment;
import java.util.BitSet;

/// The data and element segments of an instance: which are dropped, and how they are copied.
/// Segments stay slices of the module; elements are evaluated when they are copied, since constant
/// expressions give the same value at any time.
public final class Segments {
    private final ModuleInstance instance;
    private final BitSet droppedData = new BitSet();
    private final BitSet droppedElements = new BitSet();

    Segments(ModuleInstance instance) {
        this.instance = instance;
    }

    public void dropData(int segment) {
        droppedData.set(segment);
    }

    public void dropElements(int segment) {
        droppedElements.set(segment);
    }

    /// `memory.init`; numbers are unsigned.
    ///
    /// @throws Trap before anything is written, if a range is not all inside
    public void initMemory(MemoryInstance memory, int segment, long to, long from, long bytes) {
        DataSegment data = instance.module().dataSegments().get(segment);
        int length = droppedData.get(segment) ? 0 : data.length();
        if (isOutside(from, bytes, length)) {
            throw new Trap(TrapKind.MEMORY_OUT_OF_BOUNDS);
        }
        long address = memory.range(to, bytes);
        Raw.copy(instance.module().bytes(), data.start() + (int) from, address, (int) bytes);
    }

    /// `table.init`; numbers are unsigned.
    ///
    /// @throws Trap before anything is written, if a range is not all inside
    public void initTable(TableInstance table, int segment, long to, long from, long count) {
        ElementSegment elements = instance.module().elements().get(segment);
        int length = droppedElements.get(segment) ? 0 : elements.length();
        if (isOutside(from, count, length)) {
            throw new Trap(TrapKind.TABLE_OUT_OF_BOUNDS);
        }
        table.check(to, count);
        ConstantEvaluator evaluator = new ConstantEvaluator(instance);
        for (int i = 0; i < (int) count; i++) {
            table.set(to + i, element(evaluator, elements, (int) from + i));
        }
    }

    private long element(ConstantEvaluator evaluator, ElementSegment elements, int index) {
        int[] functions = elements.functions();
        if (functions != null) {
            return instance.functionReference(functions[index]);
        }
        ConstExpr expression = elements.expressions().get(index);
        return evaluator.evaluate(expression);
    }

    private static boolean isOutside(long from, long count, int length) {
        return Long.compareUnsigned(count, length) > 0
                || Long.compareUnsigned(from, length - count) > 0;
    }
}
