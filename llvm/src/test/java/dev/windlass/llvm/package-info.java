/// Tests of compiled code against the interpreter.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm;
