package dev.windlass.interpreter.machine;

/// The code of a module's functions.
@FunctionalInterface
public interface FunctionTable {
    /// @param function index of a function that the module defines
    FunctionCode function(int function);
}
