package dev.windlass.llvm.compile;

import java.util.List;
import java.util.Map;

/// The object files of a module, to be linked into one library.
///
/// @param objects ELF or Mach-O files
/// @param interpreted the functions without native code, with the reason
public record CompiledModule(List<byte[]> objects, Map<Integer, String> interpreted) {}
