package dev.windlass.interpreter.translation;

import dev.windlass.interpreter.machine.FunctionCode;
import dev.windlass.interpreter.machine.FunctionTable;
import dev.windlass.runtime.boundary.ContextLayout;
import dev.windlass.wasm.ExternKind;
import dev.windlass.wasm.Module;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The code of a module's functions, with or without fuel. Shared by instances and threads.
public final class ModuleTranslation implements FunctionTable {
    final Module module;
    final ContextLayout layout;
    final boolean countsFuel;
    final int importedFunctions;
    private final AtomicReferenceArray<FunctionCode> functions;

    /// @param module validated
    public ModuleTranslation(Module module, boolean countsFuel) {
        this.module = module;
        this.layout = ContextLayout.of(module);
        this.countsFuel = countsFuel;
        this.importedFunctions = module.importedCount(ExternKind.FUNC);
        this.functions = new AtomicReferenceArray<>(module.functionCount() - importedFunctions);
    }

    @Override
    public FunctionCode function(int function) {
        int i = function - importedFunctions;
        FunctionCode code = functions.get(i);
        if (code == null) {
            FunctionCode fresh =
                    new FunctionCode(f -> new FunctionTranslator(this, f).translate(), function);
            FunctionCode other = functions.compareAndExchange(i, null, fresh);
            code = other == null ? fresh : other;
        }
        return code;
    }
}
