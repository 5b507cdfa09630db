package dev.windlass.llvm.compile;

import dev.windlass.llvm.binding.Ir;
import dev.windlass.llvm.binding.Remarks;
import dev.windlass.llvm.binding.TargetMachine;
import java.nio.charset.StandardCharsets;

/// What is made of a batch.
public enum Output {
    /// An object file.
    OBJECT,

    /// Assembly text.
    ASSEMBLY,

    /// LLVM's text, after the passes.
    IR,

    /// What the passes and the code generator say about their work.
    REMARKS;

    /// To be called before the passes run.
    void prepare() {
        if (this == REMARKS) {
            Remarks.enable();
        }
    }

    byte[] of(TargetMachine target, Ir ir) {
        return switch (this) {
            case OBJECT -> target.object(ir);
            case ASSEMBLY -> target.assembly(ir);
            case IR -> ir.text().getBytes(StandardCharsets.UTF_8);
            case REMARKS -> remarks(target, ir).getBytes(StandardCharsets.UTF_8);
        };
    }

    private static String remarks(TargetMachine target, Ir ir) {
        target.object(ir);
        StringBuilder text = new StringBuilder();
        Remarks.take(ir).forEach(remark -> text.append(remark).append('\n'));
        return text.toString();
    }
}
