package dev.windlass.runtime.boundary;

import dev.windlass.runtime.NativeAccessException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Asks the JVM for memory by address, once, and says what to add where it is denied.
public final class NativeAccess {
    private static final @Nullable MemorySegment ALL = ask();

    private NativeAccess() {}

    private static @Nullable MemorySegment ask() {
        try {
            return MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
        } catch (IllegalCallerException e) {
            return null;
        }
    }

    /// @throws NativeAccessException where it is denied
    public static void require() {
        if (ALL == null) {
            throw new NativeAccessException(
                    "native access is denied: add --enable-native-access="
                            + moduleName()
                            + " to the java command, or Enable-Native-Access: ALL-UNNAMED to the"
                            + " manifest of the runnable jar");
        }
    }

    private static String moduleName() {
        Module module = NativeAccess.class.getModule();
        return module.isNamed() ? module.getName() : "ALL-UNNAMED";
    }

    /// The whole address space; where access is denied, nothing.
    static MemorySegment everything() {
        return ALL == null ? MemorySegment.NULL : ALL;
    }
}
