/// Tests of workers that crash, hang, lie and die.
@org.jspecify.annotations.NullMarked
package dev.windlass.llvm.worker;
