package dev.windlass.llvm.binding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Options of LLVM's own tools, for what its C interface has no other way. They hold for the whole
/// process, and each may be set only once: LLVM ignores what it is told again.
final class ToolOptions {
    /// The name of the tool, which is no option.
    private static final String TOOL = "windlass";

    private ToolOptions() {}

    static void set(List<String> options) {
        try (Arena arena = Arena.ofConfined()) {
            int count = options.size() + 1;
            MemorySegment words = arena.allocate(ValueLayout.JAVA_LONG, count);
            words.setAtIndex(ValueLayout.JAVA_LONG, 0, arena.allocateFrom(TOOL).address());
            for (int i = 1; i < count; i++) {
                long word = arena.allocateFrom(options.get(i - 1)).address();
                words.setAtIndex(ValueLayout.JAVA_LONG, i, word);
            }
            LlvmC.invoke(LlvmC.PARSE_COMMAND_LINE_OPTIONS, count, words.address(), LlvmC.EMPTY);
        }
    }
}
