/// One function as WebAssembly, as LLVM's text and as machine code, for engineers to compare.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.explore;
