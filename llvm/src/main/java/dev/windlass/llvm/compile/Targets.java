package dev.windlass.llvm.compile;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.binding.TargetMachine;

/// Target machines by options.
final class Targets {
    private Targets() {}

    static TargetMachine machine(CompileOptions options) {
        return new TargetMachine(
                options.triple(), options.cpu(), options.features(), options.level());
    }
}
