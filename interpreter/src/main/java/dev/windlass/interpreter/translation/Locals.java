package dev.windlass.interpreter.translation;

import dev.windlass.runtime.boundary.Slots;
import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.Types;
import dev.windlass.wasm.ValType;
import java.util.Arrays;

/// The locals of a function: types, slots, and which must be zeroed at entry because a read may come
/// before a write. A write counts until the end of the structured instruction that it is in.
final class Locals {
    private int[] types;
    private int[] slots;
    private int count;
    private int size;
    private final boolean[] isAssigned;
    private int[] log = new int[16];
    private int logged;
    private int zeroFrom = Integer.MAX_VALUE;
    private int zeroTo;

    /// @param body at the local declarations, which are taken
    Locals(FuncType type, Cursor body, Module module) {
        types = new int[type.params().length + 8];
        slots = new int[types.length];
        for (int param : type.params()) {
            add(param);
        }
        int params = count;
        int groups = body.u32();
        for (int i = 0; i < groups; i++) {
            int n = body.u32();
            int t = Types.readValType(body, module.features());
            for (int k = 0; k < n; k++) {
                add(t);
            }
        }
        isAssigned = new boolean[count];
        Arrays.fill(isAssigned, 0, params, true);
    }

    private void add(int type) {
        if (count == types.length) {
            types = Arrays.copyOf(types, 2 * count);
            slots = Arrays.copyOf(slots, 2 * count);
        }
        types[count] = type;
        slots[count++] = size;
        size += ValType.slots(type) * Slots.SIZE;
    }

    /// Bytes of all locals.
    int size() {
        return size;
    }

    int type(int local) {
        return types[local];
    }

    int slot(int local) {
        return slots[local];
    }

    void read(int local) {
        if (!isAssigned[local]) {
            zeroFrom = Math.min(zeroFrom, slots[local]);
            zeroTo = Math.max(zeroTo, slots[local] + ValType.slots(types[local]) * Slots.SIZE);
        }
    }

    void written(int local) {
        if (!isAssigned[local]) {
            isAssigned[local] = true;
            if (logged == log.length) {
                log = Arrays.copyOf(log, 2 * logged);
            }
            log[logged++] = local;
        }
    }

    /// For [#forget]: what is assigned now.
    int mark() {
        return logged;
    }

    /// Only what was assigned at a mark is sure to be.
    void forget(int mark) {
        while (logged > mark) {
            isAssigned[log[--logged]] = false;
        }
    }

    boolean needZeros() {
        return zeroFrom < zeroTo;
    }

    /// The frame offsets to zero.
    int zeroFrom() {
        return zeroFrom;
    }

    int zeroTo() {
        return zeroTo;
    }
}
