package dev.windlass.runtime;

import dev.windlass.wasm.Cursor;
import dev.windlass.wasm.Module;

/// Whether a module uses instructions on garbage-collected objects, which no engine executes yet.
/// Validation has noted it, so that asking costs nothing.
final class GcUse {
    private GcUse() {}

    /// @throws UnsupportedModuleException if it does
    static void refuse(Module module) {
        int offset = module.firstObjects();
        if (offset >= 0) {
            byte[] bytes = module.bytes();
            Cursor cursor = new Cursor(bytes, offset, bytes.length, module.features());
            cursor.next();
            throw new UnsupportedModuleException(
                    cursor.opcode.text()
                            + " at offset 0x"
                            + Integer.toHexString(offset)
                            + " is not supported yet");
        }
    }
}
