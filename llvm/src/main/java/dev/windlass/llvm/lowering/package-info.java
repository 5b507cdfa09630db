/// Functions from WebAssembly to LLVM's SSA form: one pass over a function's bytes, one class per
/// family of instructions.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.lowering;
