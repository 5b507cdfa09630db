package dev.windlass.wasm.validation;

import dev.windlass.wasm.Module;

/// Checks a module against the rules of validation.
///
/// @see <a href="https://webassembly.github.io/spec/core/valid/modules.html">Validation: modules</a>
public final class Validator {
    private Validator() {}

    /// Walks over everything once, functions in parallel where the module is large.
    ///
    /// @throws dev.windlass.wasm.InvalidException if a rule is broken
    /// @throws dev.windlass.wasm.MalformedException if a function's instructions break the grammar
    public static void validate(Module module) {
        TypeRules.validate(module);
        ModuleContext context = new ModuleContext(module);
        new ModuleRules(context).validate();
        FunctionBodies.validate(context);
    }
}
