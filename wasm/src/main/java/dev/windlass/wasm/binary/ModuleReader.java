package dev.windlass.wasm.binary;

import dev.windlass.wasm.Features;
import dev.windlass.wasm.Module;

/// Reads a binary module.
public final class ModuleReader {
    private ModuleReader() {}

    /// Decodes all sections but the code's instructions, which the validator walks over.
    ///
    /// @param bytes kept by the module, not copied: not to be written to afterwards
    /// @throws dev.windlass.wasm.MalformedException if the bytes break the binary grammar
    public static Module read(byte[] bytes, Features features) {
        throw new UnsupportedOperationException();
    }
}
