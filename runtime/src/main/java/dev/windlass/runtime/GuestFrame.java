package dev.windlass.runtime;

import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import org.jspecify.annotations.Nullable;

/// One frame of a guest's backtrace.
///
/// @param module the module's name, or null
/// @param function the function's index
/// @param name the function's name, or null
/// @param offset the byte offset of the instruction in the module, or -1 where unknown
public record GuestFrame(@Nullable String module, int function, @Nullable String name, int offset) {
    /// Innermost frames that are kept of each part of the stack that one engine runs.
    public static final int MOST = 100;

    /// The frame of an instruction.
    ///
    /// @param offset of the instruction in the module, inside a function's body
    public static GuestFrame of(Module module, int offset) {
        int function = functionAt(module, offset);
        return new GuestFrame(
                module.names().module(), function, module.names().function(function), offset);
    }

    /// The function whose body holds an offset.
    private static int functionAt(Module module, int offset) {
        int low = module.importedCount(ExternKind.FUNC);
        int high = module.functionCount() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (module.body(middle).start() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
