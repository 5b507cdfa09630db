package dev.windlass.runtime.boundary;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Memory by address. The one place that decides by which device: nothing here is checked, every
/// caller has checked its bounds before.
public final class Raw {
    private static final MemorySegment ALL = NativeAccess.everything();

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    /// No address of a process has others.
    private static final long ADDRESS_BITS = Long.MAX_VALUE >> 1;

    private Raw() {}

    public static byte getByte(long address) {
        return ALL.get(ValueLayout.JAVA_BYTE, address);
    }

    public static short getShort(long address) {
        return ALL.get(ValueLayout.JAVA_SHORT_UNALIGNED, address);
    }

    public static int getInt(long address) {
        return ALL.get(ValueLayout.JAVA_INT_UNALIGNED, address);
    }

    public static long getLong(long address) {
        return ALL.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }

    public static float getFloat(long address) {
        return ALL.get(ValueLayout.JAVA_FLOAT_UNALIGNED, address);
    }

    public static double getDouble(long address) {
        return ALL.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, address);
    }

    public static void putByte(long address, byte value) {
        ALL.set(ValueLayout.JAVA_BYTE, address, value);
    }

    public static void putShort(long address, short value) {
        ALL.set(ValueLayout.JAVA_SHORT_UNALIGNED, address, value);
    }

    public static void putInt(long address, int value) {
        ALL.set(ValueLayout.JAVA_INT_UNALIGNED, address, value);
    }

    public static void putLong(long address, long value) {
        ALL.set(ValueLayout.JAVA_LONG_UNALIGNED, address, value);
    }

    public static void putFloat(long address, float value) {
        ALL.set(ValueLayout.JAVA_FLOAT_UNALIGNED, address, value);
    }

    public static void putDouble(long address, double value) {
        ALL.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, address, value);
    }

    // Slots of a frame, by an offset that is not negative.
    //
    // The JDK checks each access against the segment's end. HotSpot leaves the check out where it
    // can
    // see that the address is in range; so the frame's address and the offset are bounded first,
    // which
    // changes neither and costs less.

    public static int getInt(long frame, int offset) {
        return getInt(slot(frame, offset));
    }

    public static long getLong(long frame, int offset) {
        return getLong(slot(frame, offset));
    }

    public static float getFloat(long frame, int offset) {
        return getFloat(slot(frame, offset));
    }

    public static double getDouble(long frame, int offset) {
        return getDouble(slot(frame, offset));
    }

    public static void putLong(long frame, int offset, long value) {
        putLong(slot(frame, offset), value);
    }

    public static void putDouble(long frame, int offset, double value) {
        putDouble(slot(frame, offset), value);
    }

    private static long slot(long frame, int offset) {
        return bounded(frame) + (offset & 0xFFFF_FFFFL);
    }

    /// The same address, so that HotSpot knows that it is not negative, nor is the sum of it and a
    /// small number.
    public static long bounded(long address) {
        return address & ADDRESS_BITS;
    }

    // Shared memory. Addresses are aligned.

    public static int getIntVolatile(long address) {
        return (int) INT.getVolatile(ALL, address);
    }

    public static long getLongVolatile(long address) {
        return (long) LONG.getVolatile(ALL, address);
    }

    public static void putIntVolatile(long address, int value) {
        INT.setVolatile(ALL, address, value);
    }

    public static void putLongVolatile(long address, long value) {
        LONG.setVolatile(ALL, address, value);
    }

    /// Without order between addresses, but never hoisted out of a loop: for polls.
    public static int getIntOpaque(long address) {
        return (int) INT.getOpaque(ALL, address);
    }

    // Ranges.

    /// Copies bytes; the ranges may overlap.
    public static void copy(long from, long to, long bytes) {
        MemorySegment.copy(ALL, from, ALL, to, bytes);
    }

    // Arrays as segments: copying them directly costs a pattern switch in the JDK at start-up.

    /// Copies bytes out of an array.
    public static void copy(byte[] from, int start, long to, int bytes) {
        MemorySegment.copy(MemorySegment.ofArray(from), start, ALL, to, bytes);
    }

    /// Copies bytes into an array.
    public static void copy(long from, byte[] to, int start, int bytes) {
        MemorySegment.copy(ALL, from, MemorySegment.ofArray(to), start, bytes);
    }

    public static void fill(long address, long bytes, byte value) {
        ALL.asSlice(address, bytes).fill(value);
    }

    /// A view of a range, for I/O. The caller knows that it stays mapped while the view is used.
    public static MemorySegment view(long address, long bytes) {
        return ALL.asSlice(address, bytes);
    }
}
