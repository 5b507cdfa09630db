package dev.windlass.llvm.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Takes LLVM's diagnostics of each context: without a handler an error ends the process.
final class Diagnostics {
    private static final int SEVERITY_ERROR = 0;

    /// The first error of a context that was not asked for yet.
    private static final Map<Long, String> ERRORS = new ConcurrentHashMap<>();

    /// "stack frame size (70000) exceeds limit (65536) in function 'w.7'".
    private static final Pattern LARGE_FRAME =
            Pattern.compile("stack frame size .* in function '(.*)'");

    private static final int SEVERITY_WARNING = 1;
    private static final int SEVERITY_REMARK = 2;

    /// The functions of a context whose frames are too large.
    private static final Map<Long, List<String>> LARGE_FRAMES = new ConcurrentHashMap<>();

    /// What the passes remarked on each context.
    private static final Map<Long, List<String>> REMARKS = new ConcurrentHashMap<>();

    private static final long HANDLER = stub();

    private Diagnostics() {}

    /// What an earlier context at the same address left behind does not count.
    static void install(long context) {
        ERRORS.remove(context);
        LARGE_FRAMES.remove(context);
        REMARKS.remove(context);
        LlvmC.invoke(LlvmC.CONTEXT_SET_DIAGNOSTIC_HANDLER, context, HANDLER, context);
    }

    /// The first error since the last call, or null.
    static @Nullable String take(long context) {
        return ERRORS.remove(context);
    }

    /// The symbols of functions whose frame exceeds the size that their attribute names, since the
    /// last call.
    static List<String> takeLargeFrames(long context) {
        List<String> found = LARGE_FRAMES.remove(context);
        return found == null ? List.of() : found;
    }

    /// The remarks since the last call, in the order in which they were made.
    static List<String> takeRemarks(long context) {
        List<String> found = REMARKS.remove(context);
        return found == null ? List.of() : found;
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

    private static String description(long info) {
        return LlvmC.takeMessage(LlvmC.invoke(LlvmC.GET_DIAG_INFO_DESCRIPTION, info));
    }

    @SuppressWarnings("unused") // called by LLVM
    private static void diagnosed(long info, long context) {
        try {
            int severity = (int) LlvmC.invoke(LlvmC.GET_DIAG_INFO_SEVERITY, info);
            if (severity == SEVERITY_ERROR) {
                ERRORS.putIfAbsent(context, description(info));
            } else if (severity == SEVERITY_REMARK) {
                REMARKS.computeIfAbsent(context, c -> new ArrayList<>()).add(description(info));
            } else if (severity == SEVERITY_WARNING) {
                Matcher warning = LARGE_FRAME.matcher(description(info));
                if (warning.find()) {
                    LARGE_FRAMES
                            .computeIfAbsent(context, c -> new ArrayList<>())
                            .add(warning.group(1));
                }
            }
        } catch (RuntimeException | Error e) {
            // Nothing may leave through native frames; the compilation is lost all the same.
            ERRORS.putIfAbsent(context, String.valueOf(e));
        }
    }
}
