package dev.windlass;

import dev.windlass.runtime.MemoryInstance;
import dev.windlass.runtime.boundary.Raw;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A memory. Every access is checked against its length at that moment; what is outside is a [Trap]
/// of kind [Trap.Kind#MEMORY_OUT_OF_BOUNDS], so that a host function may pass a guest's pointers on
/// unchecked. Numbers are little endian. Addresses are unsigned.
public final class Memory implements Extern {
    private final Store store;
    private final MemoryInstance instance;

    Memory(Store store, MemoryInstance instance) {
        this.store = store;
        this.instance = instance;
    }

    @Override
    public MemoryType type() {
        return MemoryType.of(instance.type());
    }

    /// The length in bytes now.
    public long size() {
        boolean outermost = store.enter();
        try {
            return instance.byteLength();
        } finally {
            store.leave(outermost);
        }
    }

    /// The length in pages now.
    public long pages() {
        boolean outermost = store.enter();
        try {
            return instance.pages();
        } finally {
            store.leave(outermost);
        }
    }

    /// Grows by some pages.
    ///
    /// @return the old number of pages, or -1 if it cannot grow so much
    public long grow(long pages) {
        boolean outermost = store.enter();
        try {
            return instance.grow(pages);
        } finally {
            store.leave(outermost);
        }
    }

    public byte getByte(long address) {
        boolean outermost = store.enter();
        try {
            return Raw.getByte(range(address, Byte.BYTES));
        } finally {
            store.leave(outermost);
        }
    }

    public void putByte(long address, byte value) {
        boolean outermost = store.enter();
        try {
            Raw.putByte(range(address, Byte.BYTES), value);
        } finally {
            store.leave(outermost);
        }
    }

    public int getInt(long address) {
        boolean outermost = store.enter();
        try {
            return Raw.getInt(range(address, Integer.BYTES));
        } finally {
            store.leave(outermost);
        }
    }

    public void putInt(long address, int value) {
        boolean outermost = store.enter();
        try {
            Raw.putInt(range(address, Integer.BYTES), value);
        } finally {
            store.leave(outermost);
        }
    }

    public long getLong(long address) {
        boolean outermost = store.enter();
        try {
            return Raw.getLong(range(address, Long.BYTES));
        } finally {
            store.leave(outermost);
        }
    }

    public void putLong(long address, long value) {
        boolean outermost = store.enter();
        try {
            Raw.putLong(range(address, Long.BYTES), value);
        } finally {
            store.leave(outermost);
        }
    }

    public float getFloat(long address) {
        return Float.intBitsToFloat(getInt(address));
    }

    public void putFloat(long address, float value) {
        putInt(address, Float.floatToRawIntBits(value));
    }

    public double getDouble(long address) {
        return Double.longBitsToDouble(getLong(address));
    }

    public void putDouble(long address, double value) {
        putLong(address, Double.doubleToRawLongBits(value));
    }

    /// Copies bytes out of the memory.
    public void read(long address, byte[] to, int start, int length) {
        Objects.checkFromIndexSize(start, length, to.length);
        boolean outermost = store.enter();
        try {
            Raw.copy(range(address, length), to, start, length);
        } finally {
            store.leave(outermost);
        }
    }

    /// Copies bytes out of the memory.
    ///
    /// @throws Trap before anything is allocated if the range is not inside
    public byte[] read(long address, int length) {
        boolean outermost = store.enter();
        try {
            long from = range(address, Math.max(0, length));
            byte[] bytes = new byte[length];
            Raw.copy(from, bytes, 0, length);
            return bytes;
        } finally {
            store.leave(outermost);
        }
    }

    /// Copies bytes into the memory.
    public void write(long address, byte[] from, int start, int length) {
        Objects.checkFromIndexSize(start, length, from.length);
        boolean outermost = store.enter();
        try {
            Raw.copy(from, start, range(address, length), length);
        } finally {
            store.leave(outermost);
        }
    }

    /// Copies bytes into the memory.
    public void write(long address, byte[] from) {
        write(address, from, 0, from.length);
    }

    /// Bytes as UTF-8; what is malformed becomes U+FFFD.
    public String readString(long address, int length) {
        return new String(read(address, length), StandardCharsets.UTF_8);
    }

    /// Sets bytes.
    public void fill(long address, long length, byte value) {
        boolean outermost = store.enter();
        try {
            Raw.fill(range(address, length), length, value);
        } finally {
            store.leave(outermost);
        }
    }

    private long range(long address, long length) {
        try {
            return instance.range(address, length);
        } catch (dev.windlass.runtime.Trap e) {
            throw new Trap(e);
        }
    }

    Store store() {
        return store;
    }

    MemoryInstance instance() {
        return instance;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Memory m && m.instance.equals(instance);
    }

    @Override
    public int hashCode() {
        return instance.hashCode();
    }

    @Override
    public String toString() {
        return "Memory[" + type() + "]";
    }
}
