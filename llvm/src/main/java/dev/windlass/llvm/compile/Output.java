package dev.windlass.llvm.compile;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.TargetMachine;
import java.nio.charset.StandardCharsets;

/// What is made of a batch.
public enum Output {
    /// An object file.
    OBJECT,

    /// Assembly text.
    ASSEMBLY,

    /// LLVM's text, after the passes.
    IR;

    byte[] of(TargetMachine target, Ir ir) {
        return switch (this) {
            case OBJECT -> target.object(ir);
            case ASSEMBLY -> target.assembly(ir);
            case IR -> ir.text().getBytes(StandardCharsets.UTF_8);
        };
    }
}
