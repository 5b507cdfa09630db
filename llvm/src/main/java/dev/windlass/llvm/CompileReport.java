package dev.windlass.llvm;

import java.util.Map;

/// What became of a module.
///
/// @param functions that it defines
/// @param interpreted those without native code, with the reason
/// @param nanoseconds that the compilation took, linking excluded
public record CompileReport(int functions, Map<Integer, String> interpreted, long nanoseconds) {}
