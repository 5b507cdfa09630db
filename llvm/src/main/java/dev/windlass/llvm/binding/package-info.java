/// LLVM through `java.lang.foreign`: where the library comes from, its C functions, and a builder on
/// top of them. Nothing outside this package calls LLVM.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.binding;
