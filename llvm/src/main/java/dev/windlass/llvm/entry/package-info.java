/// The Java side of the boundary: entering compiled code, being called by it, and what each thread
/// and store has for that.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.entry;
