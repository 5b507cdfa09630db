/// Compiling in another process, which may crash, hang or be killed: the processes, what is said
/// between them, and what happens when one is lost. Not what is compiled.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.worker;
