package dev.windlass.runtime.boundary;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/// A function of the system's C library that takes up to six integers or addresses. They are all
/// called as one type, because the JDK makes some ten classes for each type, which a start pays for.
/// An `int` may travel in a `long`: who takes it, as argument or as result, ignores the upper half.
/// So functions get arguments that they do not have, which C's conventions on 64-bit systems allow.
///
/// The functions must be safe to call: whoever names one vouches for it.
public final class CFunction {
    private static final FunctionDescriptor TYPE =
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private final MethodHandle handle;

    private CFunction(MethodHandle handle) {
        this.handle = handle;
    }

    /// @throws java.util.NoSuchElementException if there is no such function
    /// @throws UnsupportedOperationException if the JDK calls no native functions on this system
    public static CFunction named(String name) {
        Linker linker = Linker.nativeLinker();
        return new CFunction(linker.downcallHandle(linker.defaultLookup().findOrThrow(name), TYPE));
    }

    public long call() {
        return call(0, 0, 0, 0, 0, 0);
    }

    public long call(long a) {
        return call(a, 0, 0, 0, 0, 0);
    }

    public long call(long a, long b) {
        return call(a, b, 0, 0, 0, 0);
    }

    public long call(long a, long b, long c) {
        return call(a, b, c, 0, 0, 0);
    }

    public long call(long a, long b, long c, long d, long e, long f) {
        try {
            return (long) handle.invokeExact(a, b, c, d, e, f);
        } catch (Throwable t) {
            // Native functions throw nothing.
            throw new AssertionError(t);
        }
    }
}
