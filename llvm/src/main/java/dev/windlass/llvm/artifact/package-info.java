/// Shared libraries: linking objects, loading, checking.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.artifact;
