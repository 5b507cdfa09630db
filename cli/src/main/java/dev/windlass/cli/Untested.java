package dev.windlass.cli;

import dev.windlass.llvm.binding.LlvmLibrary;

/// The option `--force`: native code also on systems where nobody has tested it.
final class Untested {
    private Untested() {}

    /// To be called before LLVM is looked for.
    static void allow(boolean isForced) {
        if (isForced) {
            System.setProperty(LlvmLibrary.FORCE, "true");
        }
    }
}
