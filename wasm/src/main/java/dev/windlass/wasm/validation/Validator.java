package dev.windlass.wasm.validation;

import dev.windlass.wasm.Module;

/// Checks a module against the rules of validation.
public final class Validator {
    private Validator() {}

    /// Walks over everything once, functions in parallel where the module is large.
    ///
    /// @throws dev.windlass.wasm.InvalidException if a rule is broken
    /// @throws dev.windlass.wasm.MalformedException if a function's instructions break the grammar
    public static void validate(Module module) {
        throw new UnsupportedOperationException();
    }
}
