package dev.windlass.fuzz;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.InvalidException;
import dev.windlass.wasm.MalformedException;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.Validator;

/// Decodes and validates the input as a binary module.
public final class DecodeTarget {
    private DecodeTarget() {}

    /// The fuzzer's entry.
    public static void fuzzerTestOneInput(byte[] input) {
        try {
            Validator.validate(ModuleReader.read(input, Features.ALL));
        } catch (MalformedException | InvalidException expected) {
            // What a bad module gets.
        }
    }
}
