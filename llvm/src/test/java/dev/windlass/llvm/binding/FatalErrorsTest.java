package dev.windlass.llvm.binding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FatalErrorsTest {
    @Test
    void aFatalErrorCostsOneThreadAndNotTheProcess() throws Exception {
        CompletableFuture<String> said = new CompletableFuture<>();
        Thread lost =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            FatalErrors.report(said::complete);
                            compile("no_such_register");
                        });
        assertThat(said.get(1, TimeUnit.MINUTES)).contains("Invalid register name");
        lost.join(100);
        assertThat(lost.isAlive()).isTrue();
        FatalErrors.report(said::complete);
        assertThat(compile("rsp")).isNotEmpty();
    }

    /// A function that reads a register: LLVM finds out late that there is none of the name.
    private static byte[] compile(String register) {
        String triple = "x86_64-unknown-linux-gnu";
        try (TargetMachine target = new TargetMachine(triple, "x86-64-v2", "", 1);
                Ir ir = new Ir("test")) {
            target.prepare(ir);
            long function = ir.function("f", ir.functionType(ir.i64));
            ir.at(ir.block(function, "start"));
            ir.ret(ir.intrinsic("llvm.read_register", ir.i64, ir.metadataValue(register)));
            ir.verify();
            return target.object(ir);
        }
    }
}
