package dev.windlass.wasm.text;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;
import dev.windlass.wasm.WasmException;
import dev.windlass.wasm.binary.ModuleReader;
import dev.windlass.wasm.validation.Validator;

/// A module that was parsed from text.
///
/// @param bytes its binary form; not to be written to
/// @param sourceMap from offsets in the bytes to places in the text
public record WatModule(byte[] bytes, SourceMap sourceMap) {
    /// Reads and validates the module.
    ///
    /// @throws WasmException with line and column
    public Module validated(Features features) {
        try {
            Module module = ModuleReader.read(bytes, features);
            Validator.validate(module);
            return module;
        } catch (WasmException e) {
            throw sourceMap.locate(e);
        }
    }
}
