package dev.windlass.runtime;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The functions of a store by number. An instance reserves numbers for all functions that its
/// module defines; objects are made when first asked for, because large modules define tens of
/// thousands and a run uses few.
final class FunctionNumbers {
    private @Nullable FunctionInstance[] functions = new FunctionInstance[64];
    private int count;

    /// Instances by their first number, ascending.
    private ModuleInstance[] owners = new ModuleInstance[4];

    private int[] firsts = new int[4];
    private int ownerCount;

    /// Numbers for the functions of an instance.
    int reserve(ModuleInstance owner, int functionCount) {
        if (ownerCount == firsts.length) {
            owners = Arrays.copyOf(owners, 2 * ownerCount);
            firsts = Arrays.copyOf(firsts, 2 * ownerCount);
        }
        owners[ownerCount] = owner;
        firsts[ownerCount++] = count;
        return take(functionCount);
    }

    /// A number for a function of the host; [#put(FunctionInstance)] follows.
    int take() {
        return take(1);
    }

    private int take(int more) {
        int first = count;
        count = Math.addExact(count, more);
        if (count > functions.length) {
            functions = Arrays.copyOf(functions, Math.max(count, 2 * functions.length));
        }
        return first;
    }

    void put(FunctionInstance function) {
        functions[function.number()] = function;
    }

    /// The function of a number.
    FunctionInstance get(int number) {
        FunctionInstance function = functions[number];
        return function != null ? function : make(number);
    }

    /// All functions that are there as objects.
    void forEach(Consumer<FunctionInstance> action) {
        for (int i = 0; i < count; i++) {
            FunctionInstance function = functions[i];
            if (function != null) {
                action.accept(function);
            }
        }
    }

    private FunctionInstance make(int number) {
        int at = Arrays.binarySearch(firsts, 0, ownerCount, number);
        int owner = at >= 0 ? lastOf(at) : -at - 2;
        FunctionInstance function = owners[owner].makeFunction(number - firsts[owner]);
        functions[number] = function;
        return function;
    }

    /// Instances without functions share their first number with the next one.
    private int lastOf(int at) {
        int last = at;
        while (last + 1 < ownerCount && firsts[last + 1] == firsts[at]) {
            last++;
        }
        return last;
    }
}
