package dev.windlass.wasm.validation;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Features;
import dev.windlass.wasm.FuncType;
import dev.windlass.wasm.ImplementationLimits;
import dev.windlass.wasm.Types;
import dev.windlass.wasm.ValType;
import dev.windlass.wasm.internal.Errors;
import java.util.Arrays;

/// The locals of a function: types, and which of those without a default value have been set.
///
/// The first [#EXPANDED] locals are an array; the others stay runs, so that many functions with
/// many locals, which take few bytes to write, take little work too.
final class Locals {
    private static final int EXPANDED = 256;

    private final ModuleContext context;
    private final Features features;

    private final int[] first = new int[EXPANDED];
    private int count;

    /// Runs of locals above the first: the index after each, and its type.
    private int[] runEnds = new int[8];

    private int[] runTypes = new int[8];
    private int runs;

    /// Set locals without a default value, and in which order they were set: undone at the end of
    /// the block.
    private long[] isSet = new long[EXPANDED / 64];

    private int[] setOrder = new int[16];
    private int setCount;

    /// Whether any local must be set before it is read.
    private boolean anyUnset;

    Locals(ModuleContext context) {
        this.context = context;
        this.features = context.module.features();
    }

    /// Starts a function: its parameters, which are set, then what the body declares.
    void read(FuncType type, Cursor in) {
        undo(0);
        count = 0;
        runs = 0;
        anyUnset = false;
        for (int param : type.params()) {
            add(1, param);
        }
        declarations(in);
    }

    private void declarations(Cursor in) {
        int groups = in.u32();
        if (Integer.compareUnsigned(groups, in.remaining()) > 0) {
            throw Errors.unexpectedEnd(in.end());
        }
        int params = count;
        for (int i = 0; i < groups; i++) {
            int at = in.position();
            long n = in.u32() & 0xFFFF_FFFFL;
            int type = in.peek();
            if (type >= ValType.F64 && type <= ValType.I32) {
                in.skip(1);
            } else {
                type = otherType(in, at);
                anyUnset |= !ValType.isDefaultable(type);
            }
            if (count + n > ImplementationLimits.LOCALS) {
                throw Errors.tooMany("locals", count + n, ImplementationLimits.LOCALS, at);
            }
            add((int) n, type);
        }
        if (anyUnset) {
            markParams(params);
        }
    }

    private int otherType(Cursor in, int at) {
        int type = Types.readValType(in, features);
        context.checkValType(type, at);
        return type;
    }

    private void markParams(int params) {
        if (isSet.length * 64 < count) {
            isSet = Arrays.copyOf(isSet, (count + 63) / 64);
        }
        for (int i = 0; i < params; i++) {
            set(i);
        }
    }

    private void add(int n, int type) {
        int end = count + n;
        if (count < EXPANDED) {
            Arrays.fill(first, count, Math.min(end, EXPANDED), type);
        }
        if (end > EXPANDED && n > 0) {
            if (runs == runEnds.length) {
                runEnds = Arrays.copyOf(runEnds, 2 * runs);
                runTypes = Arrays.copyOf(runTypes, 2 * runs);
            }
            runEnds[runs] = end;
            runTypes[runs++] = type;
        }
        count = end;
    }

    int type(int index, int at) {
        if (Integer.compareUnsigned(index, count) >= 0) {
            throw Errors.unknown("local", index, at);
        }
        return index < EXPANDED ? first[index] : typeInRuns(index);
    }

    private int typeInRuns(int index) {
        int found = Arrays.binarySearch(runEnds, 0, runs, index + 1);
        return runTypes[found >= 0 ? found : -found - 1];
    }

    /// The number of locals that need no check but the index, up to 256.
    int hotCount() {
        return anyUnset ? 0 : Math.min(count, EXPANDED);
    }

    /// The type of one of those locals.
    int hotType(int index) {
        return first[index];
    }

    /// Checks that the local can be read.
    void checkSet(int index, int type, int at) {
        if (anyUnset && !ValType.isDefaultable(type) && !isSet(index)) {
            throw Errors.uninitializedLocal(index, at);
        }
    }

    private boolean isSet(int index) {
        return (isSet[index >> 6] & 1L << index) != 0;
    }

    void set(int index) {
        if (!anyUnset || isSet(index)) {
            return;
        }
        isSet[index >> 6] |= 1L << index;
        if (setCount == setOrder.length) {
            setOrder = Arrays.copyOf(setOrder, 2 * setCount);
        }
        setOrder[setCount++] = index;
    }

    /// A mark to which [#undo] returns.
    int mark() {
        return setCount;
    }

    /// Makes locals unset that were set since the mark.
    void undo(int mark) {
        while (setCount > mark) {
            int index = setOrder[--setCount];
            isSet[index >> 6] &= ~(1L << index);
        }
    }
}
