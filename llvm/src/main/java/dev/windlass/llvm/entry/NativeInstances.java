package dev.windlass.llvm.entry;

import dev.windlass.runtime.ModuleInstance;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The instances that compiled code runs in, by number: code that calls Java has nothing but the
/// address of its context, and the number is in the context. Process-wide, thread-safe.
final class NativeInstances {
    private static final Object LOCK = new Object();
    private static final Deque<Integer> FREE = new ArrayDeque<>();
    private static int count = 1;

    /// Written under the lock, read without: a number reaches compiled code after its entry is here.
    private static volatile @Nullable ModuleInstance[] instances = new ModuleInstance[16];

    private NativeInstances() {}

    static int add(ModuleInstance instance) {
        synchronized (LOCK) {
            int number = FREE.isEmpty() ? count++ : FREE.pop();
            @Nullable ModuleInstance[] array = instances;
            if (number >= array.length) {
                array = Arrays.copyOf(array, 2 * array.length);
            }
            array[number] = instance;
            instances = array;
            return number;
        }
    }

    static ModuleInstance get(int number) {
        ModuleInstance instance = instances[number];
        if (instance == null) {
            throw new IllegalStateException("no instance has the number " + number);
        }
        return instance;
    }

    static void remove(int number) {
        synchronized (LOCK) {
            instances[number] = null;
            FREE.push(number);
        }
    }
}
