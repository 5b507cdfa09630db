package dev.windlass.cli;

import dev.windlass.internal.Modules;
import dev.windlass.llvm.CompileReport;
import dev.windlass.llvm.Compiler;
import dev.windlass.llvm.binding.LlvmException;
import dev.windlass.llvm.compile.Output;
import dev.windlass.wasm.Module;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `windlass compile`.
@Command(
        description = "Compile a module to a shared library, for 'run --precompiled'.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  windlass compile app.wasm",
            "  windlass compile -O2 app.wasm -o app.so && windlass run --precompiled app.so",
            "  windlass compile --target aarch64-linux app.wasm -o app-arm.so",
            "",
            "The library holds the module and runs alone. Run only libraries that you trust: their",
            "code is not sandboxed by itself."
        })
final class CompileCommand implements Callable<Integer> {
    @Mixin FeatureOptions features = new FeatureOptions();

    @Parameters(paramLabel = "MODULE", description = "a .wasm or .wat file")
    String input = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "where to write (default: MODULE with .so)")
    @Nullable String output;

    @Mixin TargetOptions target = new TargetOptions();

    @Option(
            names = "--compile-in",
            paramLabel = "PLACE",
            description =
                    "process (the default), or worker: another process, which may crash or hang and"
                            + " only leaves functions to the interpreter")
    @Nullable String compileIn;

    @Option(
            names = "--emit",
            paramLabel = "WHAT",
            description =
                    "write something else than a library: llvm-ir (after the passes), asm, obj, or remarks"
                            + " (what the passes say)")
    @Nullable String emit;

    @Option(names = "--stats", description = "report on standard error what was compiled")
    boolean stats;

    CompileCommand() {}

    @Override
    public Integer call() {
        Module module = module();
        if (compileIn != null) {
            RunParser.checkCompileIn(compileIn);
        }
        Compiler compiler =
                new Compiler(
                        target.options(), NativeEngine.isolation(compileIn), new CompileProgress());
        try {
            Emitted emitted = emitted();
            if (emitted == null) {
                compiler.write(module, Path.of(outputName(".so")));
            } else {
                compiler.emit(module, emitted.output, Path.of(outputName(emitted.ending)));
            }
        } catch (LlvmException e) {
            throw new InputException("cannot compile '" + input + "': " + e.getMessage());
        } catch (IOException e) {
            throw OutputFile.unwritable(output == null ? input : output, e);
        }
        CompileReport report = compiler.report();
        if (stats && report != null) {
            System.err.print(NativeEngine.text(report));
        }
        return ExitCode.OK;
    }

    /// What `--emit` can ask for.
    private enum Emitted {
        LLVM_IR("llvm-ir", Output.IR, ".ll"),
        ASM("asm", Output.ASSEMBLY, ".s"),
        OBJ("obj", Output.OBJECT, ".o"),
        REMARKS("remarks", Output.REMARKS, ".remarks");

        private final String text;
        private final Output output;
        private final String ending;

        Emitted(String text, Output output, String ending) {
            this.text = text;
            this.output = output;
            this.ending = ending;
        }
    }

    private @Nullable Emitted emitted() {
        for (Emitted emitted : Emitted.values()) {
            if (emitted.text.equals(emit)) {
                return emitted;
            }
        }
        if (emit == null) {
            return null;
        }
        throw new UsageException("--emit takes llvm-ir, asm, obj or remarks, not '" + emit + "'");
    }

    private Module module() {
        return Modules.module(ModuleFile.load(features.engine(), input));
    }

    private String outputName(String ending) {
        String name = OutputFile.name(output, input, ending);
        if (name.equals("-")) {
            throw new UsageException("this is not written to standard output: give -o FILE");
        }
        return name;
    }
}
