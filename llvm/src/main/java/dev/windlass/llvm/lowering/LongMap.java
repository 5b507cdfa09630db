package dev.windlass.llvm.lowering;

import java.util.Arrays;

/// A small map from non-negative ints to longs; 0 means absent.
final class LongMap {
    private int[] keys = new int[8];
    private long[] values = new long[8];
    private int count;

    long get(int key) {
        int mask = keys.length - 1;
        for (int i = spread(key) & mask; values[i] != 0; i = (i + 1) & mask) {
            if (keys[i] == key) {
                return values[i];
            }
        }
        return 0;
    }

    void put(int key, long value) {
        if (2 * count >= keys.length) {
            grow();
        }
        int mask = keys.length - 1;
        int i = spread(key) & mask;
        while (values[i] != 0 && keys[i] != key) {
            i = (i + 1) & mask;
        }
        if (values[i] == 0) {
            count++;
        }
        keys[i] = key;
        values[i] = value;
    }

    private void grow() {
        int[] oldKeys = keys;
        long[] oldValues = values;
        keys = new int[2 * oldKeys.length];
        values = new long[keys.length];
        Arrays.fill(values, 0);
        count = 0;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != 0) {
                put(oldKeys[i], oldValues[i]);
            }
        }
    }

    private static int spread(int key) {
        int h = key * 0x9E37_79B9;
        return h ^ (h >>> 16);
    }
}
