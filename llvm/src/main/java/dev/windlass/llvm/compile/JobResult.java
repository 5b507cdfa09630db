package dev.windlass.llvm.compile;

import java.util.Map;

/// What became of a job.
///
/// @param bytes the object file, or the text that was asked for
/// @param interpreted the functions without native code, with the reason
public record JobResult(byte[] bytes, Map<Integer, String> interpreted) {}
