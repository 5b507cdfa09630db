package dev.windlass.interpreter;

import dev.windlass.interpreter.machine.FunctionTable;
import dev.windlass.interpreter.translation.ModuleTranslation;
import dev.windlass.runtime.spi.ModuleCode;
import dev.windlass.wasm.Module;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// A module for the interpreter: nothing but the module until functions are called.
final class InterpretedModule implements ModuleCode {
    private final Module module;
    private @Nullable ModuleTranslation plain;
    private @Nullable ModuleTranslation fuelled;

    InterpretedModule(Module module) {
        this.module = module;
    }

    @Override
    public Module module() {
        return module;
    }

    /// The translation that counts fuel, or the one that does not.
    ///
    /// @param code what the engine of the instances made of the module: always the same
    synchronized FunctionTable functions(boolean fuel, ModuleCode code) {
        if (fuel) {
            if (fuelled == null) {
                IntPredicate isNative = code.countsFuel() ? code::isNative : f -> false;
                fuelled = new ModuleTranslation(module, true, isNative);
            }
            return fuelled;
        }
        if (plain == null) {
            plain = new ModuleTranslation(module, false, code::isNative);
        }
        return plain;
    }
}
