package dev.windlass.llvm.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Takes LLVM's fatal errors, after which it would end the process: the thread reports what was said
/// and never returns to LLVM. Its memory is lost, the process lives, others go on compiling.
public final class FatalErrors {
    private static final ThreadLocal<Consumer<String>> LISTENER = new ThreadLocal<>();

    static {
        LlvmC.invoke(LlvmC.INSTALL_FATAL_ERROR_HANDLER, stub());
    }

    private FatalErrors() {}

    /// Says who is told of a fatal error on this thread, which then is lost.
    public static void report(Consumer<String> listener) {
        LISTENER.set(listener);
    }

    private static long stub() {
        try {
            MethodType type = MethodType.methodType(void.class, long.class);
            return Linker.nativeLinker()
                    .upcallStub(
                            MethodHandles.lookup().findStatic(FatalErrors.class, "failed", type),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG),
                            Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("unused") // called by LLVM
    private static void failed(long reason) {
        try {
            Consumer<String> listener = LISTENER.get();
            if (listener == null) {
                // Nobody waits for this thread. LLVM ends the process when this returns.
                System.err.println("windlass: LLVM failed: " + LlvmC.text(reason));
                return;
            }
            listener.accept(LlvmC.text(reason));
        } finally {
            // Neither a result nor a throwable may leave through LLVM's frames.
            while (LISTENER.get() != null) {
                LockSupport.park();
            }
        }
    }
}
