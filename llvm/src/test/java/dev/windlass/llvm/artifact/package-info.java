@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.artifact;
