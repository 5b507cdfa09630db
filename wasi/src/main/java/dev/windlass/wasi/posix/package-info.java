/// The system's own file calls, by way of java.lang.foreign: the only package of WASI that makes downcalls.
/// Bound when first used, because that takes a good part of a short program's time.
@org.jspecify.annotations.NullMarked
package dev.windlass.wasi.posix;
