package dev.windlass.llvm.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Takes LLVM's diagnostics of each context: without a handler an error ends the process.
final class Diagnostics {
    private static final int SEVERITY_ERROR = 0;

    /// The first error of a context that was not asked for yet.
    private static final Map<Long, String> ERRORS = new ConcurrentHashMap<>();

    private static final long HANDLER = stub();

    private Diagnostics() {}

    static void install(long context) {
        LlvmC.invoke(LlvmC.CONTEXT_SET_DIAGNOSTIC_HANDLER, context, HANDLER, context);
    }

    /// The first error since the last call, or null.
    static @Nullable String take(long context) {
        return ERRORS.remove(context);
    }

    private static long stub() {
        try {
            return Linker.nativeLinker()
                    .upcallStub(
                            MethodHandles.lookup()
                                    .findStatic(
                                            Diagnostics.class,
                                            "diagnosed",
                                            MethodType.methodType(
                                                    void.class, long.class, long.class)),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                            Arena.global())
                    .address();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings("unused") // called by LLVM
    private static void diagnosed(long info, long context) {
        try {
            if ((int) LlvmC.invoke(LlvmC.GET_DIAG_INFO_SEVERITY, info) == SEVERITY_ERROR) {
                ERRORS.putIfAbsent(
                        context,
                        LlvmC.takeMessage(LlvmC.invoke(LlvmC.GET_DIAG_INFO_DESCRIPTION, info)));
            }
        } catch (RuntimeException | Error e) {
            // Nothing may leave through native frames; the compilation is lost all the same.
            ERRORS.putIfAbsent(context, String.valueOf(e));
        }
    }
}
