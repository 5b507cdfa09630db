/// Tests of WASI, by the calls that a guest makes.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasi;
