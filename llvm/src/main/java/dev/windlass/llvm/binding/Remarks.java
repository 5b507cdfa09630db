package dev.windlass.llvm.binding;

import java.util.List;
import java.util.regex.Pattern;

/// What LLVM's passes say about what they did and did not do.
public final class Remarks {
    private static final List<String> OPTIONS =
            List.of(
                    "-pass-remarks=.*",
                    "-pass-remarks-missed=.*",
                    // Not the counts of instructions in each block.
                    "-pass-remarks-analysis=licm|gvn|loop|slp|inline|regalloc|prologepilog");

    private static final Pattern NOWHERE = Pattern.compile("^<unknown>:0:0: ");
    private static final Pattern PLACE = Pattern.compile("^(module.wasm:\\d+):\\d+: ");

    static {
        ToolOptions.set(OPTIONS);
    }

    private Remarks() {}

    /// From the first call on remarks are made, in the whole process.
    public static void enable() {
        // The class's initializer has done it: options may be set only once.
    }

    /// Those on a module since the last call, as `module.wasm:OFFSET: WORDS`, or without a place.
    public static List<String> take(Ir ir) {
        return Diagnostics.takeRemarks(ir.context).stream()
                .map(remark -> NOWHERE.matcher(remark).replaceFirst(""))
                .map(remark -> PLACE.matcher(remark).replaceFirst("$1: "))
                .toList();
    }
}
