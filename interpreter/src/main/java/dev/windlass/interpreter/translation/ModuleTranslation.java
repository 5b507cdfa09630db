package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.FunctionCode;
import dev.windlass.interpreter.machine.FunctionTable;
import dev.windlass.interpreter.machine.NativeBlock;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;

/// The code of a module's functions, with or without fuel. Shared by instances and threads.
public final class ModuleTranslation implements FunctionTable {
    final Module module;
    final ContextLayout layout;
    final boolean countsFuel;
    final int importedFunctions;
    private final IntPredicate isNative;
    private final AtomicReferenceArray<FunctionCode> functions;

    /// @param module validated
    /// @param isNative says which functions of the index space are run by their native code
    public ModuleTranslation(Module module, boolean countsFuel, IntPredicate isNative) {
        this.module = module;
        this.layout = ContextLayout.of(module);
        this.countsFuel = countsFuel;
        this.isNative = isNative;
        this.importedFunctions = module.importedCount(ExternKind.FUNC);
        this.functions = new AtomicReferenceArray<>(module.functionCount() - importedFunctions);
    }

    @Override
    public FunctionCode function(int function) {
        int i = function - importedFunctions;
        FunctionCode code = functions.get(i);
        if (code == null) {
            FunctionCode fresh = isNative.test(function) ? compiled(function) : plain(function);
            FunctionCode other = functions.compareAndExchange(i, null, fresh);
            code = other == null ? fresh : other;
        }
        return code;
    }

    private FunctionCode plain(int function) {
        return new FunctionCode(f -> new FunctionTranslator(this, f).translate(), function);
    }

    private FunctionCode compiled(int function) {
        int start = module.body(function).start();
        return new FunctionCode(
                new NativeBlock(function, module.functionType(function), start), function);
    }
}
