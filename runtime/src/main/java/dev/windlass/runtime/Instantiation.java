package dev.windlass.runtime;

import dev.windlass.runtime.spi.ModuleCode;
import java.util.List;

/// Instantiation of modules.
///
/// @see <a href="https://webassembly.github.io/spec/core/exec/modules.html">Execution: modules</a>
public final class Instantiation {
    private Instantiation() {}

    /// Makes an instance: checks imports, allocates, initialises tables and memories, runs the start
    /// function.
    ///
    /// @param code of a validated module
    /// @param imports one a module import, in their order
    /// @throws LinkException if an import does not match
    /// @throws Trap if a segment does not fit or the start function traps
    /// @throws UnsupportedModuleException if the module needs what the engine does not execute
    public static ModuleInstance instantiate(
            RuntimeStore store, ModuleCode code, List<Extern> imports) {
        throw new UnsupportedOperationException();
    }
}
