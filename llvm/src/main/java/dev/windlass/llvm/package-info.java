/// The LLVM engine.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm;
