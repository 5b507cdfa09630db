package dev.windlass;

import java.util.List;

/// Where the parameters and results of a function type lie among the slots; made once a function.
final class CallShape {
    final FunctionType type;
    final int[] params;
    final int[] paramSlots;
    final int[] results;
    final int[] resultSlots;
    final int resultSlotCount;

    /// The larger of both sides.
    final int slotCount;

    CallShape(FunctionType type) {
        this.type = type;
        params = bits(type.params());
        results = bits(type.results());
        paramSlots = new int[params.length];
        resultSlots = new int[results.length];
        int paramCount = place(params, paramSlots);
        resultSlotCount = place(results, resultSlots);
        slotCount = Math.max(paramCount, resultSlotCount);
    }

    private static int[] bits(List<ValueType> types) {
        return types.stream().mapToInt(ValueType::bits).toArray();
    }

    private static int place(int[] types, int[] slots) {
        int next = 0;
        for (int i = 0; i < types.length; i++) {
            slots[i] = next;
            next += dev.windlass.wasm.ValType.slots(types[i]);
        }
        return next;
    }
}
