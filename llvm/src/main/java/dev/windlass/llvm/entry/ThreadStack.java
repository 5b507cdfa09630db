package dev.windlass.llvm.entry;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/// How deep a thread's machine stack reaches.
final class ThreadStack {
    /// What must remain for the host: calls into Java near the end of a stack abort the JVM.
    private static final long FOR_HOST = 256 << 10;

    /// What a compiled function may use after its check: its own frame, and functions that call
    /// nothing and check nothing.
    private static final long FOR_FRAME = 64 << 10;

    private static final long ATTRIBUTES_SIZE = 64;

    private static final SymbolLookup SYMBOLS = Linker.nativeLinker().defaultLookup();
    private static final MethodHandle SELF =
            handle("pthread_self", FunctionDescriptor.of(JAVA_LONG));
    private static final MethodHandle GET_ATTRIBUTES =
            handle("pthread_getattr_np", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle GET_STACK =
            handle(
                    "pthread_attr_getstack",
                    FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    private static final MethodHandle DESTROY =
            handle("pthread_attr_destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));

    private static final ThreadLocal<Long> LIMITS = ThreadLocal.withInitial(ThreadStack::ask);

    private ThreadStack() {}

    private static MethodHandle handle(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(SYMBOLS.findOrThrow(name), type);
    }

    /// The lowest stack pointer with which a compiled function may begin on this thread. A virtual
    /// thread runs on whatever thread carries it now, and cannot leave that while compiled code is
    /// below it.
    static long limit() {
        return Thread.currentThread().isVirtual() ? ask() : LIMITS.get();
    }

    private static long ask() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_SIZE, 16);
            MemorySegment low = arena.allocate(JAVA_LONG);
            MemorySegment size = arena.allocate(JAVA_LONG);
            if ((int) GET_ATTRIBUTES.invokeExact((long) SELF.invokeExact(), attributes) != 0) {
                throw new IllegalStateException("the thread's stack is unknown");
            }
            int status = (int) GET_STACK.invokeExact(attributes, low, size);
            int destroyed = (int) DESTROY.invokeExact(attributes);
            if (status != 0 || destroyed != 0) {
                throw new IllegalStateException("the thread's stack is unknown");
            }
            return low.get(JAVA_LONG, 0) + FOR_HOST + FOR_FRAME;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }
}
