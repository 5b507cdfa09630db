/// Tests of code for other machines than this.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.foreign;
