package dev.windlass.llvm.entry;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.windlass.runtime.boundary.CFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// How deep a thread's machine stack reaches.
final class ThreadStack {
    /// What must remain for the host: calls into Java near the end of a stack abort the JVM.
    private static final long FOR_HOST = 256 << 10;

    /// What a compiled function may use after its check: its own frame, and functions that call
    /// nothing and check nothing.
    private static final long FOR_FRAME = 64 << 10;

    private static final long ATTRIBUTES_SIZE = 64;

    private static final CFunction SELF = CFunction.named("pthread_self");
    private static final CFunction GET_ATTRIBUTES = CFunction.named("pthread_getattr_np");
    private static final CFunction GET_STACK = CFunction.named("pthread_attr_getstack");
    private static final CFunction DESTROY = CFunction.named("pthread_attr_destroy");

    private static final ThreadLocal<Long> LIMITS = ThreadLocal.withInitial(ThreadStack::ask);

    private ThreadStack() {}

    /// The lowest stack pointer with which a compiled function may begin on this thread. A virtual
    /// thread runs on whatever thread carries it now, and cannot leave that while compiled code is
    /// below it.
    static long limit() {
        return Thread.currentThread().isVirtual() ? ask() : LIMITS.get();
    }

    private static long ask() {
        try (Arena arena = Arena.ofConfined()) {
            long attributes = arena.allocate(ATTRIBUTES_SIZE, 16).address();
            MemorySegment low = arena.allocate(JAVA_LONG);
            MemorySegment size = arena.allocate(JAVA_LONG);
            if ((int) GET_ATTRIBUTES.call(SELF.call(), attributes) != 0) {
                throw new IllegalStateException("the thread's stack is unknown");
            }
            int status = (int) GET_STACK.call(attributes, low.address(), size.address());
            int destroyed = (int) DESTROY.call(attributes);
            if (status != 0 || destroyed != 0) {
                throw new IllegalStateException("the thread's stack is unknown");
            }
            return low.get(JAVA_LONG, 0) + FOR_HOST + FOR_FRAME;
        }
    }
}
