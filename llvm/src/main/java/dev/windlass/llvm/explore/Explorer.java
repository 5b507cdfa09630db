package dev.windlass.llvm.explore;

import dev.windlass.llvm.CompileOptions;
import dev.windlass.llvm.compile.JobResult;
import dev.windlass.llvm.compile.ModuleCompiler;
import dev.windlass.llvm.compile.Output;
import dev.windlass.llvm.explore.Listing.Line;
import dev.windlass.llvm.lowering.ModuleLowering;
import dev.windlass.wasm.Export;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.text.PrintedLine;
import dev.windlass.wasm.text.WatPrinter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// Shows what becomes of one function. It is compiled alone, which gives the same code as among the
/// others: no pass looks beyond a function.
public final class Explorer {
    private final Module module;
    private final CompileOptions options;

    public Explorer(Module module, CompileOptions options) {
        this.module = module;
        this.options = options;
    }

    /// The function of that name: in the module's own names, else of an export, else its number.
    public static OptionalInt find(Module module, String name) {
        OptionalInt named =
                IntStream.range(0, module.functionCount())
                        .filter(i -> name.equals(module.names().function(i)))
                        .findFirst();
        if (named.isPresent()) {
            return named;
        }
        Export export = module.export(name);
        if (export != null && export.kind() == ExternKind.FUNC) {
            return OptionalInt.of(export.index());
        }
        boolean isNumber = name.matches("[0-9]{1,9}");
        return isNumber && Integer.parseInt(name) < module.functionCount()
                ? OptionalInt.of(Integer.parseInt(name))
                : OptionalInt.empty();
    }

    /// The forms of a function that the module defines: only the first, and why, where it has no
    /// native code.
    ///
    /// @throws dev.windlass.llvm.binding.LlvmException if LLVM fails
    public List<Listing> listings(int function) {
        Listing wasm = new Listing("WebAssembly", wasm(function));
        JobResult ir = compiled(function, Output.IR);
        if (!ir.interpreted().isEmpty()) {
            String reason = "no native code: " + ir.interpreted().get(function);
            return List.of(wasm, new Listing(reason, List.of()));
        }
        String symbol = ModuleLowering.symbol(module, function);
        int start = module.body(function).start();
        String assembly = text(compiled(function, Output.ASSEMBLY));
        return List.of(
                wasm,
                new Listing(
                        "LLVM's code, after the passes of -O" + options.level(),
                        IrReader.lines(text(ir), symbol, start)),
                new Listing(
                        "machine code for " + options.cpu(),
                        AssemblyReader.lines(assembly, symbol, start)));
    }

    /// Of all of a function in a module.
    private static final int INDENTATION = 2;

    private List<Line> wasm(int function) {
        List<Line> lines = new ArrayList<>();
        int offset = module.body(function).start();
        for (PrintedLine line : WatPrinter.function(module, function)) {
            offset = line.offset() == PrintedLine.NO_INSTRUCTION ? offset : line.offset();
            lines.add(new Line(offset, line.text().substring(INDENTATION)));
        }
        return lines;
    }

    private JobResult compiled(int function, Output output) {
        return ModuleCompiler.function(module, options, function, output);
    }

    private static String text(JobResult result) {
        return new String(result.bytes(), StandardCharsets.UTF_8);
    }
}
