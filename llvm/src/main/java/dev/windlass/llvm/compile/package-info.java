/// From a validated module to object files.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.compile;
